import { useId } from 'preact/hooks';

/** A share from 0 to 1 with its name and its number. */
export function Meter({
  label,
  value,
  text,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly text: string;
}) {
  const id = useId();
  return (
    <div class="meter">
      <label for={id}>{label}</label>
      <meter id={id} min={0} max={1} value={value ?? 0} />
      <output for={id}>{value === undefined ? '–' : text}</output>
    </div>
  );
}
