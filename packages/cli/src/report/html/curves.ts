import type { MetricCurve, Report } from '../report.ts';
import { area, chart, line, type Point, roundAxis } from './chart.ts';
import { isNumber, measured, percent, scoreFormat } from './format.ts';
import { html, type Markup } from './markup.ts';
import { numberTable } from './table.ts';

/** The two tests of the map: taking its hottest pixels away, and putting them back. */
export function metricsSection(report: Report): Markup {
  if (!report.metrics) {
    return html`
<section class="block" aria-labelledby="metrics-heading">
  <h2 id="metrics-heading">Is the map right?</h2>
  <p>Deletion and insertion were not measured in this run, so nothing here tells how well the map fits the network.</p>
</section>`;
  }
  const { deletion, insertion } = report.metrics;
  return html`
<section class="block" aria-labelledby="metrics-heading">
  <h2 id="metrics-heading">Is the map right?</h2>
  <p class="lead">Two tests on the network itself. If the hottest pixels carry the evidence, taking them away must hurt
  soon, and putting them alone on the ${report.baseline.kind} baseline must soon be enough.</p>
  <div class="pair">
    ${metricChart(report, deletion, { id: 'deletion', title: 'Deletion', verb: 'replaced', wanted: 'low is good' })}
    ${metricChart(report, insertion, { id: 'insertion', title: 'Insertion', verb: 'revealed', wanted: 'high is good' })}
  </div>
</section>`;
}

interface MetricWords {
  readonly id: string;
  readonly title: string;
  readonly verb: string;
  readonly wanted: string;
}

function metricChart(report: Report, { curve, auc, normalizedAuc }: MetricCurve, words: MetricWords): Markup {
  const { name, write } = scoreFormat(report);
  const points = curve.map((score, i) => ({ x: curve.length > 1 ? i / (curve.length - 1) : 0, score }));
  const finite = points.filter(({ score }) => isNumber(score));
  const levels = [
    { score: report.target.score, text: 'photo' },
    { score: report.baseline.score, text: 'baseline' },
  ].filter(({ score }) => isNumber(score));
  const isShare = report.options.score !== 'logit';
  const values = [...finite, ...levels].map(({ score }) => score);
  const axis = roundAxis(isShare ? [...values, 0, 1] : values, { fromZero: isShare, write });
  const path = finite.map(({ x, score }): Point => [x, axis.place(score)]);
  const normalized = isNumber(normalizedAuc) ? ` (${measured(normalizedAuc, 3)} between baseline and photo)` : '';
  return chart({
    id: words.id,
    title: html`${words.title} <span class="measure">area ${measured(auc, 3)}</span>`,
    summary: `Area ${measured(auc, 3)}${normalized}, ${words.wanted}.`,
    x: { name: `share of pixels ${words.verb}, hottest first`, ticks: quarters },
    y: { name, ticks: axis.ticks },
    layers: [area(path, words.id), line(path, words.id)],
    levels: levels.map(({ score, text }) => ({ at: axis.place(score), text: `${text} ${write(score)}` })),
    table: numberTable({
      caption: `${words.title} curve`,
      columns: [words.verb, name],
      rows: points.map(({ x, score }) => ({ x, cells: [percent(x), measured(score)] })),
    }),
  });
}

const quarters = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: percent(at) }));
