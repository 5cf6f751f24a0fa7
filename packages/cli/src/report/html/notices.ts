import type { Report } from '../report.ts';
import { count } from './format.ts';
import { html, type Markup } from './markup.ts';

/** What one must know before believing the map: the run's warnings, and that it ended early. Nothing when all is well. */
export function notices(report: Report): Markup {
  const texts = [...endedEarly(report), ...report.warnings];
  if (texts.length === 0) return html``;
  return html`
<section class="notices" aria-labelledby="notices-heading">
  <h2 id="notices-heading">Mind this first</h2>
  <ul>${texts.map((text) => html`<li>${emphasizeStart(text)}</li>`)}</ul>
</section>`;
}

function endedEarly({ stopped, iterations, options }: Report): string[] {
  const done = `${count(iterations.length, 'iteration')} of ${options.iterations}`;
  if (stopped === 'aborted') return [`The run was stopped after ${done}. The map is that of the last finished one.`];
  if (stopped === 'time') return [`The time limit ended the run after ${done}. Raise --time-limit for a finer map.`];
  return [];
}

/** The first sentence, or what comes before the first semicolon, says what is wrong and stands out. */
function emphasizeStart(text: string): Markup {
  const end = /[.!?;:](?=\s)/.exec(text);
  if (!end) return html`<strong>${text}</strong>`;
  return html`<strong>${text.slice(0, end.index + 1)}</strong>${text.slice(end.index + 1)}`;
}
