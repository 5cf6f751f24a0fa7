import { defaultSettings } from 'igos/named';
import type { PathPointView, PathView } from '../../engine/handlers/path.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { Chart } from '../../parts/chart.tsx';
import { baselineInUse, state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** The score on the way from the baseline to the photo. */
export function ScoreAlong({
  points,
  ends,
  chosen,
}: {
  readonly points: readonly PathPointView[];
  readonly ends: PathView | undefined;
  readonly chosen: number;
}) {
  const w = inLanguage(words);
  const scores = points.map(({ fraction, score }) => [fraction, score] as const);
  const ending = ends ? ([[0, ends.baseline] as const, [1, ends.photo] as const] as const) : [];
  const heights = [...scores, ...ending].map(([, score]) => score);
  return (
    <Chart
      title={w.scoreChart}
      x={{ label: w.scoreX, range: [0, 1] }}
      y={{ label: w.scoreY, range: [Math.min(0, ...heights), Math.max(1, ...heights)], format: (y) => percent(y, 0) }}
      series={[
        { name: w.stops, points: scores, colour: 1 },
        { name: w.ends, points: ending, marks: 'dots', colour: 2 },
      ]}
      cursor={points[chosen]?.fraction}
    />
  );
}

const counts = [1, 2, 5, 10, 20, 50];

/** How far the sum is from what it should be, by the number of points. */
export function ErrorByPoints() {
  const w = inLanguage(words);
  const totals = useEngine('pathTotals', () => {
    const rule = state.path.value;
    return { baseline: baselineInUse.value, settings: { ...defaultSettings, seed: state.seed.value }, rule, counts };
  });
  const errors = totals.value.updates.map(
    ({ points, total, expected }) => [points, Math.abs(total - expected)] as const,
  );
  return (
    <Chart
      title={w.errorChart}
      x={{ label: w.errorX, range: [1, 50], logarithmic: true }}
      y={{ label: w.errorY, range: [0, Math.max(1, ...errors.map(([, error]) => error))], format: figure }}
      series={[{ name: w.error, points: errors, colour: 3 }]}
      cursor={Math.min(50, state['ig-steps'].value)}
    />
  );
}
