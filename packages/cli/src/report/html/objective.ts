import type { ObjectiveTerms, Report } from '../report.ts';
import { area, chart, iterationTicks, line, type Point, roundAxis } from './chart.ts';
import { figure, isNumber, measured, scoreFormat } from './format.ts';
import { html, type Markup } from './markup.ts';
import { spread } from './spread.ts';
import { numberTable } from './table.ts';

/** The weighted terms of the objective after so many iterations. */
interface WeightedTerms {
  readonly at: number;
  readonly terms: readonly [score: number, l1: number, tv: number];
  readonly objective: number;
  readonly l1Weight: number;
  readonly raw: ObjectiveTerms;
}

/** Iterations that the chart and its table have room for; report.json has all. */
const mostPoints = 500;

const failureSign = '×';

const tones = ['score', 'l1', 'tv'] as const;

/** What the iterations bought: score, L1 and TV as they add up to the objective. Nothing for runs without iterations. */
export function objectiveChart(report: Report): Markup {
  const all = weightedTerms(report);
  const runs = spread(all.length, mostPoints).map((i) => all[i] as WeightedTerms);
  const last = report.iterations.length;
  const failed = report.iterations.filter((row) => row.failed).slice(0, mostPoints);
  if (last === 0) return html``;

  const { name } = scoreFormat(report);
  const stacked = runs.every(({ terms }) => terms.every((term) => term >= 0));
  const heights = runs.map(({ terms: [score, l1, tv] }) =>
    stacked ? [score, score + l1, score + l1 + tv] : [score, l1, tv],
  );
  const axis = roundAxis(heights.flat(), { fromZero: true });
  const curve = (term: number) =>
    runs.map(({ at }, i): Point => [at / last, axis.place((heights[i] as number[])[term] as number)]);
  const curves = tones.map((_, term) => curve(term));
  return chart({
    id: 'objective',
    title: 'What the search minimizes',
    summary: summarize(runs, stacked),
    x: { name: 'iterations done', ticks: iterationTicks(last) },
    y: { name: 'objective', ticks: axis.ticks },
    layers: [
      stacked && curves.map((points, i) => area(points, tones[i] as string, curves[i - 1])).reverse(),
      curves.map((points, i) => line(points, tones[i] as string)),
    ],
    legend: html`
  <ul class="legend">
    <li><i class="swatch score"></i>${name}</li>
    <li><i class="swatch l1"></i>L1: price of area replaced</li>
    <li><i class="swatch tv"></i>TV: price of ragged edges</li>
    ${failed.length > 0 && html`<li>${failureSign} no step passed</li>`}
  </ul>`,
    table: numberTable({
      caption: 'Objective by iteration',
      columns: ['iteration', 'objective', name, 'L1', 'TV', 'L1 weight'],
      rows: runs.map(({ at, objective, l1Weight, raw }) => ({
        x: at / last,
        cells: [
          figure(at),
          ...[objective, raw.score, raw.l1, raw.tv].map((value) => measured(value)),
          figure(l1Weight),
        ],
      })),
    }),
    marks: failed.map(({ k }) => ({ at: (k + 1) / last, text: failureSign })),
    byIteration: true,
  });
}

function weightedTerms({ start, iterations, options }: Report): WeightedTerms[] {
  const weigh = (raw: ObjectiveTerms, at: number, l1Weight: number): WeightedTerms => ({
    at,
    terms: [raw.score, l1Weight * raw.l1, options.tv * raw.tv],
    objective: raw.objective,
    l1Weight,
    raw,
  });
  const rows = iterations.map((row, i) => weigh(row, i + 1, row.l1Weight));
  if (start) rows.unshift(weigh(start, 0, iterations[0]?.l1Weight ?? options.l1));
  return rows.filter(({ terms }) => terms.every(isNumber));
}

function summarize(runs: readonly WeightedTerms[], stacked: boolean): string {
  const [first, final] = [runs[0], runs.at(-1)];
  if (!first || !final) return 'No iteration has finite terms.';
  const parts = stacked ? 'the top of the stack' : 'the sum of the three lines';
  return `The objective, ${parts}, goes from ${measured(first.objective)} to ${measured(final.objective)}.`;
}
