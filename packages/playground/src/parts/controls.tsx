import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';

/** A signal, or what reads and writes some. */
export interface Settable<T> {
  value: T;
}

interface Labelled {
  readonly label: string;
  /** What it does, under the control. */
  readonly hint?: string;
}

/** A number on a scale. `format` writes the value beside the label. */
export function Slider({
  label,
  hint,
  value,
  min,
  max,
  step,
  format = String,
}: Labelled & {
  readonly value: Settable<number>;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format?: (value: number) => string;
}) {
  const id = useId();
  return (
    <div class="control">
      <label for={id}>
        {label} <output for={id}>{format(value.value)}</output>
      </label>
      <input
        {...{ id, type: 'range', min, max, step }}
        value={value.value}
        aria-describedby={hint && `${id}-hint`}
        onInput={({ currentTarget }) => {
          value.value = currentTarget.valueAsNumber;
        }}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({
  label,
  value,
  options,
}: Labelled & { readonly value: Signal<T>; readonly options: readonly (readonly [value: T, label: string])[] }) {
  const id = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map(([option, text]) => (
        <label class="option" key={option}>
          <input
            type="radio"
            name={id}
            checked={value.value === option}
            onChange={() => {
              value.value = option;
            }}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Something that is on or off. */
export function Switch({ label, value }: Labelled & { readonly value: Signal<boolean> }) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={value.value}
        onChange={({ currentTarget }) => {
          value.value = currentTarget.checked;
        }}
      />
      <span>{label}</span>
    </label>
  );
}
