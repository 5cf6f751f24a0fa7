import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Field } from '../state/fields.ts';
import { fields } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { hasOwnInput, isOwnInput, OwnInput } from './own-input.tsx';
import { explainedValue, neededText, openText } from './setting-text.ts';
import { control, isChanged, type SettingName, written } from './settings.ts';
import { words } from './words.ts';

/** A setting with its name, that of the command line, and what it does. */
export function SettingField({ name }: { readonly name: SettingName }) {
  const field: Field<unknown> = fields[name];
  if (!field.choices) return <TypedField {...{ name, field }} />;
  return (
    <>
      <WordField {...{ name, field }} />
      {isOwnInput(name) && <OwnInput name={name} />}
    </>
  );
}

interface FieldProps {
  readonly name: SettingName;
  readonly field: Field<unknown>;
}

function Name({ name, of }: { readonly name: SettingName /** Of the input. */; readonly of: string }) {
  const [label] = inLanguage(words).named[name];
  return (
    <div class="names">
      <label for={of}>{label}</label> <code>--{name}</code>
    </div>
  );
}

function WordField({ name, field }: FieldProps) {
  const id = useId();
  const open = useComputed(() => openText(name)).value;
  const setting = control(name);
  const isOffered = (value: string) =>
    value !== 'own' || setting.value === 'own' || (isOwnInput(name) && hasOwnInput(name));
  return (
    <div class="control" data-changed={isChanged(name) ? '' : undefined}>
      <Name name={name} of={id} />
      <select
        id={id}
        value={written(name)}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          setting.value = field.parse(currentTarget.value);
        }}
      >
        {field.initial === undefined && <option value="">{open}</option>}
        {field.choices?.filter(isOffered).map((value) => (
          <option key={value} value={value}>
            {explainedValue(name, value)}
          </option>
        ))}
      </select>
      <small id={`${id}-hint`}>{inLanguage(words).named[name][1]}</small>
    </div>
  );
}

/** A number or a size that is typed. What is none stays there to be mended, and changes nothing. */
function TypedField({ name, field }: FieldProps) {
  const id = useId();
  const open = useComputed(() => openText(name)).value;
  const draft = useSignal<string | undefined>(undefined);
  const setting = control(name);
  const inUse = written(name);
  const read = (text: string) => (text.trim() === '' ? field.initial : field.parse(text.trim()));
  useEffect(() => {
    const typed = draft.peek();
    if (typed === undefined) return;
    const value = read(typed);
    if (value === undefined || field.format(value) !== inUse) draft.value = undefined; // it was set from elsewhere
  }, [inUse]);
  const isEmptyOpen = (text: string) => text.trim() === '' && field.initial === undefined;
  const isWrong = draft.value !== undefined && !isEmptyOpen(draft.value) && read(draft.value) === undefined;
  return (
    <div class="control" data-changed={isChanged(name) ? '' : undefined}>
      <Name name={name} of={id} />
      <input
        id={id}
        type="text"
        inputMode={field.range ? 'decimal' : 'text'}
        autocomplete="off"
        value={draft.value ?? inUse}
        placeholder={field.initial === undefined ? open : undefined}
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
        {isWrong ? neededText(name) : inLanguage(words).named[name][1]}
      </small>
    </div>
  );
}
