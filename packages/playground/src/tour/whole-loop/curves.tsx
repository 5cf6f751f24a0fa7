import type { TimedStep } from '../../engine/handlers/run.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { count, inLanguage } from '../../words/language.ts';
import { words } from './words.ts';

/** Objective, score and the weighted regularizers after each iteration so far. */
export function Curves({
  steps,
  startScore,
  planned,
}: {
  readonly steps: readonly TimedStep[];
  /** Of the whole picture. */
  readonly startScore: number;
  /** Iterations at most. */
  readonly planned: number;
}) {
  const w = inLanguage(words);
  const curve = (first: number, value: (step: TimedStep) => number): Series['points'] => {
    return [[0, first], ...steps.map((step) => [step.k + 1, value(step)] as const)];
  };
  const series: readonly Series[] = [
    { name: w.objective, colour: 1, shape: 'disc', points: curve(startScore, ({ objective }) => objective) },
    { name: w.score, colour: 2, shape: 'cross', dashed: true, points: curve(startScore, ({ score }) => score) },
    { name: w.l1, colour: 3, shape: 'square', points: curve(0, ({ l1, l1Weight }) => l1Weight * l1) },
    { name: w.tv, colour: 4, shape: 'diamond', points: curve(0, ({ tv, tvWeight }) => tvWeight * tv) },
  ];
  const highest = Math.max(1, ...series.flatMap(({ points }) => points.map(([, value]) => value)));
  return (
    <Chart
      title={w.chart}
      x={{ label: w.iterationAxis, range: [0, planned], format: count }}
      y={{ label: w.valueAxis, range: [0, highest] }}
      series={series}
    />
  );
}
