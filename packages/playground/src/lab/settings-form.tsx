import { batch, useComputed, useSignal } from '@preact/signals';
import { defaultBlur, defaultMaskSize } from 'igos';
import { presets } from 'igos/named';
import { useEffect, useId } from 'preact/hooks';
import { opened } from '../engine/client.ts';
import type { Field } from '../state/fields.ts';
import { baselineInUse, fields, initMaskInUse, state } from '../state/page-state.ts';
import { inLanguage, scientific } from '../words/language.ts';
import { hasOwnInput, isOwnInput, OwnInput } from './own-input.tsx';
import { type SettingName, settingGroups, settingNames } from './settings.ts';
import { type LabWords, words } from './words.ts';

/** Every setting of a run. */
export function SettingsForm() {
  const w = inLanguage(words);
  const groups = Object.entries(settingGroups) as [keyof typeof settingGroups, readonly SettingName[]][];
  return (
    <section class="figure settings" aria-labelledby="lab-settings">
      <h2 id="lab-settings">{w.settings}</h2>
      {groups.map(([group, names]) => (
        <fieldset key={group}>
          <legend>{w.groups[group]}</legend>
          <div class="grid">
            {names.map((name) => (
              <SettingField key={name} name={name} />
            ))}
          </div>
        </fieldset>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => {
          batch(() => {
            for (const name of settingNames) control(name).value = fields[name].initial;
          });
        }}
      >
        {w.reset}
      </button>
    </section>
  );
}

/** A setting's signal, whatever it holds. */
function control(name: SettingName): { value: unknown } {
  return state[name];
}

function SettingField({ name }: { readonly name: SettingName }) {
  if (!fields[name].choices) return <TypedField name={name} />;
  if (!isOwnInput(name)) return <WordField name={name} />;
  return (
    <>
      <WordField name={name} />
      <OwnInput name={name} />
    </>
  );
}

/** What is used where a setting is left open; undefined where nothing is. */
function useOpenValue(name: SettingName): string | undefined {
  return useComputed(() => {
    const [height = 0, width = 0] = opened.value.phase === 'ready' ? opened.value.view.inputShape : [];
    const { l1, tv, tvScale, lineSearch, onFailedSearch, lambdaSchedule } = presets[state.preset.value];
    const word = (on: boolean) => (on ? 'on' : 'off');
    const blur = defaultBlur(height || 1, width || 1);
    const values: Partial<Record<SettingName, string>> = {
      ...{ l1: String(l1), tv: String(tv), 'tv-scale': word(tvScale), 'line-search': lineSearch },
      ...{ 'on-failed-search': onFailedSearch, 'lambda-schedule': word(lambdaSchedule) },
      ...{ baseline: baselineInUse.value, 'init-mask': 'ones', 'time-limit': '∞', tolerance: '0' },
      ...(height > 0 && {
        'mask-size': (initMaskInUse.value?.size ?? defaultMaskSize(height, width)).join(' × '),
        'blur-size': String(blur.size),
        'blur-sigma': scientific(blur.sigma),
      }),
    };
    return values[name];
  }).value;
}

function WordField({ name }: { readonly name: SettingName }) {
  const w = inLanguage(words);
  const id = useId();
  const open = useOpenValue(name);
  const [label, hint] = w.named[name];
  const setting = control(name);
  const field: Field<unknown> = fields[name];
  const isOffered = (value: string) =>
    value !== 'own' || setting.value === 'own' || (isOwnInput(name) && hasOwnInput(name));
  const choices = field.choices?.filter(isOffered);
  const said = (value: string) => w.values[`${name} ${value}`] ?? w.values[value] ?? value;
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={field.format(setting.value)}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          setting.value = field.parse(currentTarget.value);
        }}
      >
        {field.initial === undefined && <option value="">{w.auto(said(open ?? '–'))}</option>}
        {choices?.map((value) => (
          <option key={value} value={value}>
            {said(value)}
          </option>
        ))}
      </select>
      <small id={`${id}-hint`}>{hint}</small>
    </div>
  );
}

/** A number or a size that is typed. What is none stays there to be mended, and changes nothing. */
function TypedField({ name }: { readonly name: SettingName }) {
  const w = inLanguage(words);
  const id = useId();
  const open = useOpenValue(name);
  const draft = useSignal<string | undefined>(undefined);
  const [label, hint] = w.named[name];
  const setting = control(name);
  const field: Field<unknown> = fields[name];
  const written = field.format(setting.value);
  const read = (text: string) => (text.trim() === '' ? field.initial : field.parse(text.trim()));
  useEffect(() => {
    const typed = draft.peek();
    if (typed === undefined) return;
    const value = read(typed);
    if (value === undefined || field.format(value) !== written) draft.value = undefined; // it was set from elsewhere
  }, [written]);
  const isEmptyOpen = (text: string) => text.trim() === '' && field.initial === undefined;
  const isWrong = draft.value !== undefined && !isEmptyOpen(draft.value) && read(draft.value) === undefined;
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={field.range ? 'decimal' : 'text'}
        autocomplete="off"
        value={draft.value ?? written}
        placeholder={field.initial === undefined ? w.auto(open ?? '–') : undefined}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget: { value } }) => {
          draft.value = value;
          const typed = read(value);
          if (typed !== undefined || isEmptyOpen(value)) setting.value = typed;
        }}
        onBlur={() => {
          if (!isWrong) draft.value = undefined;
        }}
      />
      <small id={`${id}-hint`} class={isWrong ? 'wrong' : undefined} role={isWrong ? 'alert' : undefined}>
        {isWrong ? needs(w, field) : hint}
      </small>
    </div>
  );
}

/** What may be typed. */
function needs(w: LabWords, { range }: Pick<Field<unknown>, 'range'>): string {
  if (!range) return w.size;
  const { min, max, integer, odd } = range;
  return (odd ? w.odd : integer ? w.whole : w.range)(scientific(min), scientific(max));
}
