import type { Report, ReportIteration, ReportTrial } from '../report.ts';
import { count, figure, measured, scoreFormat } from './format.ts';
import type { FrameSequence } from './frames.ts';
import { html, type Markup } from './markup.ts';

/** Rows of the table; a run with more keeps the rest in report.json. */
const mostRows = 2500;

const columns = 8;

/** Every step length that was tried, in one group of rows per iteration. */
export function lineSearchTable(report: Report, { frames }: FrameSequence): Markup {
  const { iterations } = report;
  const { name } = scoreFormat(report);
  const shown = affordable(iterations);
  return html`
<div class="search">
  <h3 id="search-heading">How far to step: every trial</h3>
  <p>Each iteration tries step lengths from large to small and takes the first that lowers the objective enough. The margin
  is what is still missing: a trial passes at 0 or below.</p>
  <p class="switch"><input type="checkbox" id="all-trials"><label for="all-trials">Show the trials of all iterations</label></p>
  <div class="scroll" role="region" aria-labelledby="search-heading" tabindex="0">
  <table class="trials">
    <thead><tr>${['trial', 'step', name, 'L1', 'TV', 'objective', 'margin', 'accepted'].map(
      (column) => html`<th scope="col">${column}</th>`,
    )}</tr></thead>
    <tbody data-frame="0"><tr><td class="none" colspan="${columns}">The start: no step taken yet</td></tr></tbody>
    ${shown.map((iteration, i) => trialRows(iteration, frameIndex(frames, i + 1)))}
  </table>
  </div>
  ${shown.length < iterations.length && html`<p class="note">The trials of iterations after ${shown.length} are in report.json.</p>`}
</div>`;
}

/** The first iterations, as many as the page can list. */
function affordable(iterations: readonly ReportIteration[]): readonly ReportIteration[] {
  let rows = 0;
  const end = iterations.findIndex(({ trialLog }) => {
    rows += 1 + trialLog.length;
    return rows > mostRows;
  });
  return end < 0 ? iterations : iterations.slice(0, end);
}

/** Position of the slider at which so many iterations are done; -1 for an iteration whose picture was left out. */
function frameIndex(frames: FrameSequence['frames'], at: number): number {
  return frames.findIndex((frame) => frame.at === at);
}

function trialRows(iteration: ReportIteration, frame: number): Markup {
  const { k, trialLog, failed } = iteration;
  return html`
    <tbody data-frame="${frame}">
    <tr><th scope="rowgroup" colspan="${columns}">Iteration ${figure(k + 1)}: ${searchOutcome(iteration)}</th></tr>
    ${trialLog.map((trial, i) => trialRow(trial, { number: i + 1, accepted: !failed && i === trialLog.length - 1 }))}
    </tbody>`;
}

/** One search in words: how it ended and how many trials it took. */
export function searchOutcome({ failed, kept, step, trials }: ReportIteration): string {
  if (!failed) return `step ${figure(step)} accepted at trial ${figure(trials)}`;
  const then = kept ? 'the mask was kept' : `the last step, ${figure(step)}, was taken anyway`;
  return `none of ${count(trials, 'trial')} passed, ${then}`;
}

function trialRow(
  { step, score, l1, tv, objective, margin }: ReportTrial,
  { number, accepted }: { readonly number: number; readonly accepted: boolean },
): Markup {
  const cells = [figure(step), ...[score, l1, tv, objective, margin].map((value) => measured(value))];
  return html`<tr${accepted && html` class="accepted"`}><th scope="row">${number}</th>${cells.map(
    (cell) => html`<td>${cell}</td>`,
  )}<td>${accepted ? 'yes' : 'no'}</td></tr>
    `;
}
