import { batch } from '@preact/signals';
import type { Pair } from '../../engine/handlers/two-cells.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { Slider } from '../../parts/controls.tsx';
import { EngineStatus } from '../../parts/engine-status.tsx';
import { Meter } from '../../parts/meter.tsx';
import { state } from '../../state/page-state.ts';
import { figure, inLanguage } from '../../words/language.ts';
import { words } from './words.ts';

const fractions = Array.from({ length: 21 }, (_, i) => i / 20);

/** Long enough for the average gradient to take both cells away at once. */
const stepLength = 6;

/** 1 − (1 − a)(1 − b): flat at (1, 1), steep on the way there. */
export function TwoCells() {
  const w = inLanguage(words);
  const asked = useEngine('twoCells', () => ({
    cells: [state['cell-a'].value, state['cell-b'].value] as const,
    fractions,
  }));
  const { answer } = asked.value;
  const [a, b] = [state['cell-a'].value, state['cell-b'].value];
  const set = (cells: Pair) => {
    batch(() => {
      [state['cell-a'].value, state['cell-b'].value] = cells;
    });
  };
  const step = (gradient: Pair | undefined) => {
    if (gradient) set([moved(a, gradient[0]), moved(b, gradient[1])]);
  };
  return (
    <section>
      <h2>{w.cells}</h2>
      <p>
        {w.formula} <Formula />
      </p>
      <p>{w.way}</p>
      <div class="columns">
        <div class="stack">
          <div class="two-cells" role="img" aria-label={w.cellsText(figure(a), figure(b))}>
            <Cell name="a" keep={a} />
            <Cell name="b" keep={b} />
          </div>
          <Slider label={w.cell('a')} value={state['cell-a']} min={0} max={1} step={0.01} />
          <Slider label={w.cell('b')} value={state['cell-b']} min={0} max={1} step={0.01} />
          <Meter label={w.cellScore} value={answer?.score} text={figure(answer?.score ?? 0)} />
          <Reading label={w.here} pair={answer?.gradient} />
          <Reading label={w.average} pair={answer?.pathGradient} />
          <p class="row">
            <button type="button" disabled={!answer} onClick={() => step(answer?.gradient)}>
              {w.stepHere}
            </button>
            <button type="button" disabled={!answer} onClick={() => step(answer?.pathGradient)}>
              {w.stepAverage}
            </button>
            <button type="button" class="quiet" onClick={() => set([1, 1])}>
              {w.reset}
            </button>
          </p>
          <small>{w.steps}</small>
        </div>
        <Chart
          title={w.wayTitle}
          x={{ label: w.wayAxis, range: [0, 1] }}
          y={{ label: w.wayLabel, range: [0, 1] }}
          series={waySeries(answer, w)}
        />
      </div>
      <EngineStatus asked={[asked]} />
    </section>
  );
}

function waySeries(
  answer: { readonly way: readonly WayPoint[]; readonly pathGradient: Pair } | undefined,
  w: (typeof words)['en'],
): Series[] {
  if (!answer) return [];
  const { way, pathGradient } = answer;
  const slopes = (which: 0 | 1) => way.map(({ fraction, slopes }) => [fraction, slopes[which]] as const);
  const level = (which: 0 | 1) => [0, 1].map((fraction) => [fraction, pathGradient[which]] as const);
  return [
    { name: w.score, points: way.map(({ fraction, score }) => [fraction, score]), colour: 1, marks: 'line' },
    { name: w.slopeBy('a'), points: slopes(0), colour: 2 },
    { name: w.slopeBy('b'), points: slopes(1), colour: 3, marks: 'line' },
    { name: w.averageBy('a'), points: level(0), colour: 2, marks: 'line', dashed: true },
    { name: w.averageBy('b'), points: level(1), colour: 3, marks: 'line', dashed: true },
  ];
}

interface WayPoint {
  readonly fraction: number;
  readonly score: number;
  readonly slopes: Pair;
}

/** To a thousandth, as it stands in the link. */
function moved(cell: number, slope: number): number {
  return Math.round(1000 * Math.min(1, Math.max(0, cell - stepLength * slope))) / 1000;
}

function Cell({ name, keep }: { readonly name: string; readonly keep: number }) {
  return (
    <div class="cell" style={{ '--keep': keep }}>
      <span>{name}</span>
    </div>
  );
}

function Reading({ label, pair }: { readonly label: string; readonly pair: Pair | undefined }) {
  const w = inLanguage(words);
  return (
    <p class="reading">
      {label} <output>{pair ? w.pair(figure(pair[0]), figure(pair[1])) : '–'}</output>
    </p>
  );
}

function Formula() {
  const missing = (name: string) => (
    <mrow>
      <mo>(</mo>
      <mn>1</mn>
      <mo>−</mo>
      <mi>{name}</mi>
      <mo>)</mo>
    </mrow>
  );
  return (
    <math>
      <mn>1</mn>
      <mo>−</mo>
      {missing('a')}
      {missing('b')}
    </math>
  );
}
