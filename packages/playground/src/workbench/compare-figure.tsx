import type { HostArray } from '@igos/autograd';
import { useMemo } from 'preact/hooks';
import { drawMask, drawSigned, largestSize } from '../draw/maps.ts';
import { Slider } from '../parts/controls.tsx';
import { Picture } from '../parts/picture.tsx';
import { state } from '../state/page-state.ts';
import { figure, inLanguage, percent, punctuation, scientific } from '../words/language.ts';
import type { CompareView } from './compare.ts';
import { FaultText } from './fault-text.tsx';
import type { Task } from './use-task.ts';
import { words } from './words.ts';

/** More would take longer than code may. */
const mostIterations = 60;

/** What the part does, beside what the built-in one does. */
export function CompareFigure({
  task,
  start,
  ofMasks,
}: {
  readonly task: Task<CompareView>;
  readonly start: () => void;
  /** Whether masks are compared, which take iterations. */
  readonly ofMasks: boolean;
}) {
  const w = inLanguage(words);
  const busy = task.busy.value;
  const { value: ending } = task.ending;
  return (
    <section class="compare">
      <h2>{w.compareTitle}</h2>
      {ofMasks && <Slider label={w.iterations} value={state.iterations} min={1} max={mostIterations} step={1} />}
      <p class="row">
        <button type="button" disabled={busy} onClick={start}>
          {w.run}
        </button>
        <button type="button" class="quiet" disabled={!busy} onClick={() => task.stop()}>
          {w.stop}
        </button>
      </p>
      <p class="progress">{busy && w.running}</p>
      <div role="status">
        {ending && 'fault' in ending && (
          <p class="fault">
            <FaultText fault={ending.fault} />
          </p>
        )}
      </div>
      {ending && 'answer' in ending && <Both view={ending.answer} />}
    </section>
  );
}

function Both({ view }: { readonly view: CompareView }) {
  const w = inLanguage(words);
  const { kind, yours, builtIn } = view;
  const rows = [
    ...(yours.score === undefined ? [] : [['score', percent] as const, ['area', percent] as const]),
    ...[['deletion', figure] as const, ['insertion', figure] as const],
  ];
  const difference = useMemo(() => {
    const map = minus(yours.map, builtIn.map);
    const range = kind === 'rules' ? Math.max(largestSize(yours.map.data), largestSize(builtIn.map.data)) : 1;
    return { largest: largestSize(map.data), image: drawSigned(map, range) };
  }, [view]);
  const largest = scientific(difference.largest, 2);
  const told =
    kind === 'rules'
      ? w.distance.gradients(largest, percent(difference.largest / largestSize(builtIn.map.data), 0))
      : w.distance.masks(largest);
  return (
    <>
      <div class="columns sides">
        <Picture image={view.picture} text={w.seen} caption={w.seen} />
        <Side {...{ view }} side="yours" />
        <Side {...{ view }} side="builtIn" />
        <Picture image={difference.image} text={w.difference} caption={w.difference} />
      </div>
      <table class="scores">
        <caption>{w.scores}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{w.sides.yours}</th>
            <th scope="col">{w.sides.builtIn}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, format]) => (
            <tr key={name} data-score={name}>
              <th scope="row">{w.rows[name]}</th>
              <td>{format(yours[name] ?? Number.NaN)}</td>
              <td>{format(builtIn[name] ?? Number.NaN)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <small>{told + punctuation.value.gap + w.against[kind]}</small>
      </p>
    </>
  );
}

function Side({
  view: { kind, ...findings },
  side,
}: {
  readonly view: CompareView;
  readonly side: 'yours' | 'builtIn';
}) {
  const w = inLanguage(words);
  const { map } = findings[side];
  const image = useMemo(() => (kind === 'rules' ? drawSigned(map) : drawMask(map)), [map]);
  const caption = kind === 'rules' ? w.gradientOf(w.sides[side]) : w.maskOf(w.sides[side]);
  return <Picture image={image} text={caption} caption={caption} />;
}

/** Yours minus built-in. */
function minus({ data, shape }: HostArray, { data: other }: HostArray): HostArray {
  return { data: Float64Array.from(data, (value, i) => value - (other[i] ?? Number.NaN)), shape };
}
