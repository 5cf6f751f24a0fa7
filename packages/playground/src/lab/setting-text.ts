import { defaultBlur, defaultMaskSize } from 'igos';
import { presets } from 'igos/named';
import { opened } from '../engine/client.ts';
import type { Field } from '../state/fields.ts';
import { baselineInUse, fields, initMaskInUse, state } from '../state/page-state.ts';
import { inLanguage, scientific } from '../words/language.ts';
import { type SettingName, written } from './settings.ts';
import { words } from './words.ts';

/** What stands behind a value that is a word; undefined where nothing is to be said. */
function meaningOf(name: SettingName, value: string): string | undefined {
  const meanings: Readonly<Partial<Record<SettingName, Readonly<Record<string, string>>>>> = inLanguage(words).meanings;
  return meanings[name]?.[value];
}

/** A value as the command line names it; the reader's own file has no name there. */
function nameOf(name: SettingName, value: string): string {
  return (value === 'own' && meaningOf(name, value)) || value;
}

/** A value with what it means: `keep: it stays as it was`. */
export function explainedValue(name: SettingName, value: string): string {
  const meaning = meaningOf(name, value);
  return meaning === undefined || value === 'own' ? nameOf(name, value) : inLanguage(words).meant(value, meaning);
}

/** A setting with its value, as short as on the command line: `noise 0.2`. */
export function writtenSetting(name: SettingName): string {
  return `${name} ${nameOf(name, written(name))}`;
}

/** What is used where a setting is left open, as the reader reads it; undefined where it is not known yet. Reads signals. */
export function openText(name: SettingName): string | undefined {
  const w = inLanguage(words);
  if (name === 'time-limit') return w.noLimit;
  if (name === 'tolerance') return '0';
  return w.auto(openValue(name) ?? '–');
}

function openValue(name: SettingName): string | undefined {
  const [height = 0, width = 0] = opened.value.phase === 'ready' ? opened.value.view.inputShape : [];
  const { l1, tv, tvScale, lineSearch, onFailedSearch, lambdaSchedule } = presets[state.preset.value];
  const word = (on: boolean) => (on ? 'on' : 'off');
  const blur = defaultBlur(height || 1, width || 1);
  const values: Partial<Record<SettingName, string>> = {
    ...{ l1: String(l1), tv: String(tv), 'tv-scale': word(tvScale), 'line-search': lineSearch },
    ...{ 'on-failed-search': onFailedSearch, 'lambda-schedule': word(lambdaSchedule) },
    ...{ baseline: nameOf('baseline', baselineInUse.value), 'init-mask': inLanguage(words).wholeMask },
    ...(height > 0 && {
      'mask-size': (initMaskInUse.value?.size ?? defaultMaskSize(height, width)).join(' × '),
      'blur-size': String(blur.size),
      'blur-sigma': scientific(blur.sigma),
    }),
  };
  return values[name];
}

/** What may be typed. */
export function neededText(name: SettingName): string {
  const w = inLanguage(words);
  const { range }: Field<unknown> = fields[name];
  if (!range) return w.size;
  const { min, max, integer, odd } = range;
  return (odd ? w.odd : integer ? w.whole : w.range)(scientific(min), scientific(max));
}
