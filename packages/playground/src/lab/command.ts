import { defaultSettings, formatMaskSize, type NamedSettings } from 'igos/named';
import type { EngineName } from '../engine/engine-names.ts';
import type { Recipe } from './recipe.ts';

/** File of the names of the classes, where the reader has given them. */
export const labelsFile = 'labels.txt';

/** WebGL 2 is in pages only: what stands nearest to it computes then. */
export function engineInNode(engine: EngineName): Exclude<EngineName, 'gpujs:webgl2'> {
  return engine === 'gpujs:webgl2' ? 'wasm' : engine;
}

/** The command line that repeats a run; what is as the command line has it anyway is left out. */
export function commandOf({ settings, card, ...recipe }: Recipe): string {
  const { model, output, image, target, baseline, baselineFile, initMask, score, ties, crop } = recipe;
  const flags: readonly (readonly [name: string, value: string, usual?: string])[] = [
    ['model', model],
    ['output', output, ''],
    ['target', target],
    ...settingFlags(settings),
    ['baseline', baseline === 'own' ? asPath(baselineFile) : baseline, 'blur'],
    ['init-mask', initMask?.name ?? '', ''],
    ['score', score, 'probability'],
    ['ties', ties, 'direction'],
    ['crop', crop, 'centre'],
    ['input-scale', card.scale ?? '', ''],
    ['labels', card.labels ? labelsFile : '', ''],
    ['backend', engineInNode(recipe.engine)],
  ];
  const words = flags.filter(([, value, usual]) => value !== usual).flatMap(([name, value]) => flag(name, value));
  return ['igos', 'explain', quoted(asFile(image)), ...words].join(' ');
}

function settingFlags(settings: NamedSettings): [name: string, value: string, usual: string][] {
  const usual: Readonly<Record<string, unknown>> = defaultSettings;
  return Object.entries(settings).map(([key, value]) => {
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [name, key === 'maskSize' ? formatMaskSize(value) : String(value), String(usual[key])];
  });
}

/** A value that begins with a dash would be taken for a flag. */
function flag(name: string, value: string): string[] {
  return value.startsWith('-') ? [`--${name}=${quoted(value)}`] : [`--${name}`, quoted(value)];
}

/** A baseline without a dot or a slash would be taken for a name of the table. */
function asPath(name: string): string {
  return /[./\\]/.test(name) ? name : `./${name}`;
}

function asFile(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
