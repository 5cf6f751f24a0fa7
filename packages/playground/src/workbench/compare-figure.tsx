import { useMemo } from 'preact/hooks';
import { drawMask, drawSigned } from '../draw/maps.ts';
import { Picture } from '../parts/picture.tsx';
import { figure, inLanguage, percent, punctuation } from '../words/language.ts';
import type { CompareView, Finding } from './compare.ts';
import { faultInWords } from './fault-words.ts';
import type { Task } from './use-task.ts';
import { words } from './words.ts';

/** What the part does, beside what the built-in one does. */
export function CompareFigure({ task, start }: { readonly task: Task<CompareView>; readonly start: () => void }) {
  const w = inLanguage(words);
  const busy = task.busy.value;
  const { value: ending } = task.ending;
  return (
    <section class="compare">
      <h2>{w.compareTitle}</h2>
      <p class="row">
        <button type="button" disabled={busy} onClick={start}>
          {w.run}
        </button>
        <button type="button" class="quiet" disabled={!busy} onClick={() => task.stop()}>
          {w.stop}
        </button>
      </p>
      <p class="progress">{busy && w.running}</p>
      <div role="status">{ending && 'fault' in ending && <p class="fault">{faultInWords(ending.fault)}</p>}</div>
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
  return (
    <>
      <div class="columns sides">
        <Side {...{ view }} side="yours" />
        <Side {...{ view }} side="builtIn" />
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
        <small>
          {w.distance(figure(distance(yours.map.data, builtIn.map.data), 2)) + punctuation.value.gap + w.against[kind]}
        </small>
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

/** The largest difference of two maps. */
function distance(yours: Finding['map']['data'], builtIn: Finding['map']['data']): number {
  let largest = 0;
  for (const [i, value] of yours.entries()) largest = Math.max(largest, Math.abs(value - (builtIn[i] ?? Number.NaN)));
  return largest;
}
