import { useId } from 'preact/hooks';

/** What a control shows and sets: a signal, or something that looks like one. */
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
        type="range"
        {...{ id, min, max, step }}
        value={value.value}
        aria-valuetext={format(value.value)}
        aria-describedby={hint && `${id}-hint`}
        onInput={({ currentTarget }) => {
          value.value = currentTarget.valueAsNumber;
        }}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** One of some numbers in a row: for sizes that differ by factors. */
export function ListSlider({
  value,
  values,
  format = String,
  ...labels
}: Labelled & {
  readonly value: Settable<number>;
  readonly values: readonly number[];
  readonly format?: (value: number) => string;
}) {
  const distance = (at: number) => Math.abs((values[at] ?? 0) - value.value);
  const place: Settable<number> = {
    get value() {
      return values.reduce((nearest, _, at) => (distance(at) < distance(nearest) ? at : nearest), 0);
    },
    set value(at) {
      value.value = values[at] ?? value.value;
    },
  };
  return (
    <Slider {...labels} value={place} min={0} max={values.length - 1} step={1} format={() => format(value.value)} />
  );
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({
  label,
  value,
  options,
}: Labelled & { readonly value: Settable<T>; readonly options: readonly (readonly [value: T, label: string])[] }) {
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
export function Switch({ label, value }: Labelled & { readonly value: Settable<boolean> }) {
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
