import type { AlongView } from '../../engine/handlers/run.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { figure, inLanguage, powerOfTen } from '../../words/language.ts';
import { digitsFor, lengthsBetween, type Search, verdictOf } from './search.ts';
import { words } from './words.ts';

/** The objective along the direction, the bound, and the trials, over the step length. */
export function SearchPlot({
  search,
  curve,
  range,
  iteration,
}: {
  readonly search: Search;
  readonly curve: readonly AlongView[];
  /** Of steps. */
  readonly range: readonly [shortest: number, longest: number];
  readonly iteration: number;
}) {
  const w = inLanguage(words);
  const { searchStart, trialLog } = search.step;
  const points = trialLog.map(({ step, objective }, i) => {
    return { at: [step, objective] as const, rejected: verdictOf(search, i) === 'rejected' };
  });
  const heights = [
    searchStart,
    ...trialLog.map(({ objective }) => objective),
    ...curve.map((point) => point.objective),
  ];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  const digits = digitsFor(low, high) - 1;
  const series: readonly Series[] = [
    {
      ...{ name: w.curve, marks: 'line', colour: 3 },
      points: curve.map(({ step, objective }) => [step, objective] as const).sort(([one], [other]) => one - other),
    },
    {
      ...{ name: w.bound, marks: 'line', colour: 4, dashed: true },
      points: lengthsBetween(...range, boundPoints).map((length) => [length, search.allowed(length)] as const),
    },
    {
      ...{ name: w.rejectedTrials, marks: 'dots', shape: 'cross', colour: 2 },
      points: points.filter(({ rejected }) => rejected).map(({ at }) => at),
    },
    {
      ...{ name: w.acceptedTrial, marks: 'dots', shape: 'ring', colour: 1 },
      points: points.filter(({ rejected }) => !rejected).map(({ at }) => at),
    },
  ];
  return (
    <Chart
      title={w.chart(iteration)}
      x={{ label: w.stepAxis, range, logarithmic: true, format: (step) => powerOfTen(Math.round(Math.log10(step))) }}
      y={{
        label: search.byPath ? w.pathObjective : w.objective,
        range: [low - room, high + room],
        format: (value) => figure(value, digits),
      }}
      series={series.filter(({ points }) => points.length > 0)}
    />
  );
}

const boundPoints = 97;
