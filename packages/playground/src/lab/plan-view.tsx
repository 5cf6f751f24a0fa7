import { useSignal } from '@preact/signals';
import { opened } from '../engine/client.ts';
import type { PlanRow, PlanView as View } from '../engine/handlers/plan.ts';
import { useEngine } from '../engine/use-engine.ts';
import { EngineStatus } from '../parts/engine-status.tsx';
import { state } from '../state/page-state.ts';
import { count, figure, inLanguage } from '../words/language.ts';
import { layersId } from './layer-view.tsx';
import './plan.css';
import { words } from './words.ts';

/** What the engine runs for the score and its gradient, step by step, with shapes, work and time. */
export function PlanSection() {
  const w = inLanguage(words);
  const wanted = useSignal<number | undefined>(undefined);
  const { value: open } = opened;
  const serial = open.phase === 'ready' ? open.serial : undefined;
  const isWanted = serial !== undefined && wanted.value === serial;
  const plan = useEngine('plan', () => {
    return opened.value.phase === 'ready' && opened.value.serial === wanted.value ? {} : undefined;
  });
  const { answer, busy } = plan.value;
  return (
    <section class="figure plan" aria-labelledby="lab-plan">
      <h2 id="lab-plan">{w.plan}</h2>
      <p>{w.planIntro}</p>
      <p>
        <button
          type="button"
          disabled={serial === undefined || isWanted}
          onClick={() => {
            wanted.value = serial;
          }}
        >
          {w.planShow}
        </button>
      </p>
      <EngineStatus asked={[plan]} />
      {isWanted && !busy && answer && <Plan view={answer} />}
    </section>
  );
}

function Plan({ view: { rows, peakBytes, runs } }: { readonly view: View }) {
  const w = inLanguage(words);
  const slowest = rows.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0) || 1;
  const part = (backward: boolean) => rows.filter((row) => row.backward === backward);
  return (
    <>
      <p>{w.planMemory(figure(peakBytes / 1e6, 3), String(runs))}</p>
      <Pass title={w.forward} rows={part(false)} slowest={slowest} />
      <Pass title={w.backward} rows={part(true)} slowest={slowest} />
    </>
  );
}

function Pass({
  title,
  rows,
  slowest,
}: {
  readonly title: string;
  readonly rows: readonly PlanRow[];
  /** Milliseconds of the slowest step of both passes. */
  readonly slowest: number;
}) {
  const w = inLanguage(words);
  const sum = (of: (row: PlanRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const total = w.planTotal(title, count(rows.length), [
    count(sum(({ multiplyAdds }) => multiplyAdds)),
    time(sum(({ milliseconds }) => milliseconds)),
  ]);
  return (
    <details open>
      <summary>{total}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys have to scroll it */}
      <section class="scrolls" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.planColumns.step}</th>
              <th scope="col">{w.planColumns.shape}</th>
              <th scope="col">{w.planColumns.adds}</th>
              <th scope="col">{w.planColumns.time}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ names, shape, multiplyAdds, milliseconds, layer }, i) => (
              <tr key={i} data-chosen={layer !== undefined && state.layer.value === layer + 1 ? '' : undefined}>
                <th scope="row">
                  {layer === undefined ? names.join(', ') : <LayerButton names={names} number={layer + 1} />}
                </th>
                <td>{shape.join(' × ')}</td>
                <td>{count(multiplyAdds)}</td>
                <td>
                  <span class="bar" style={{ '--share': milliseconds / slowest }} /> {time(milliseconds)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** Shows the layer that a step belongs to, as the list of layers does. */
function LayerButton({ names, number }: { readonly names: readonly string[]; readonly number: number }) {
  const w = inLanguage(words);
  return (
    <button
      type="button"
      class="step"
      aria-pressed={state.layer.value === number}
      title={w.showLayer(String(number))}
      onClick={() => {
        state.layer.value = number;
        document.getElementById(layersId)?.scrollIntoView({ block: 'start' });
      }}
    >
      {names.join(', ')} <span class="whole">{w.toLayer(String(number))}</span>
    </button>
  );
}

function time(milliseconds: number): string {
  return milliseconds < 1 ? `${figure(1000 * milliseconds, 2)} µs` : `${figure(milliseconds, 3)} ms`;
}
