import { opened } from '../../engine/client.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { Slider } from '../../parts/controls.tsx';
import { Meter } from '../../parts/meter.tsx';
import { state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import type { Gradients } from './use-gradients.ts';
import { words } from './words.ts';

/** The way from the baseline to the picture: the score at each share, and how steep it is there. */
export function Saturation({ gradients }: { readonly gradients: Gradients }) {
  const w = inLanguage(words);
  const { cells, curve } = gradients;
  const share = state.mix.value;
  const target = opened.value.phase === 'ready' ? opened.value.view.target : '';
  const { answer } = cells.value;
  const slope = answer?.gradient.reduce((sum, value) => sum + value, 0);
  const series: Series[] = [
    { name: w.score, points: curve.value.map(({ fraction, score }) => [fraction, score]), colour: 1 },
  ];
  if (answer && slope !== undefined) {
    series.push({
      name: w.tangent,
      points: tangent(share, answer.score, slope),
      colour: 2,
      marks: 'line',
      dashed: true,
    });
  }
  return (
    <section>
      <h2>{w.picture}</h2>
      <div class="columns">
        <div class="stack mixture" aria-busy={cells.value.busy}>
          <Slider label={w.share} value={state.mix} min={0} max={1} step={0.01} format={(value) => percent(value, 0)} />
          <Meter label={w.scoreOf(target)} value={answer?.score} text={percent(answer?.score ?? 0)} />
          <p class="reading">
            {w.slope} <output>{slope === undefined ? '–' : figure(slope, 2)}</output>
          </p>
        </div>
        <Chart
          title={w.curve}
          x={{ label: w.share, range: [0, 1], format: (value) => percent(value, 0) }}
          y={{ label: w.score, range: [0, 1], format: (value) => percent(value, 0) }}
          series={series}
          cursor={share}
        />
      </div>
    </section>
  );
}

/** How far the slope is drawn to each side. */
const reach = 0.15;

/** A piece of the line through the point with this slope, inside of the chart. */
function tangent(at: number, score: number, slope: number): readonly (readonly [x: number, y: number])[] {
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  const rise = Math.abs(slope) || Number.EPSILON;
  return [-1, 1].map((side) => {
    const room = side * slope > 0 ? 1 - score : score;
    const x = inside(at + side * Math.min(reach, room / rise));
    return [x, inside(score + slope * (x - at))] as const;
  });
}
