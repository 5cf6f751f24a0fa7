import type { Report } from '../report.ts';
import { count, duration, isNumber, measured, percent, scoreFormat } from './format.ts';
import { html, type Markup, type Part, untrustedName } from './markup.ts';

const methodNames: Record<string, string> = {
  igos: 'I-GOS',
  'integrated-gradients': 'integrated gradients',
  gradient: 'the plain gradient',
  random: 'a random map',
};

/** How a method is called in a sentence. */
function methodName({ options }: Report): string {
  return methodNames[options.method] ?? options.method;
}

/** Title of the page's window: class and photo. */
export function windowTitle({ target, image }: Report): string {
  return `${shortLabel(target)} · ${fileName(image.file)} · I-GOS`;
}

/** The first of several names for one class, as ImageNet has them. */
function shortLabel({ index, label }: Report['target']): string {
  return index === null ? label : (label.split(', ')[0] as string);
}

/** The file's own name, without its folders. */
function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/** Heading of the page, the result in a sentence, and its four figures. */
export function pageHeader(report: Report): Markup {
  const { image, model, target } = report;
  return html`
<header class="block">
  <p class="overline">${untrustedName(fileName(image.file))} · ${untrustedName(model.name)} · ${methodName(report)}</p>
  <h1>Why “${untrustedName(shortLabel(target))}”?</h1>
  <p class="lead">${summary(report)}</p>
  <dl class="figures">${figures(report).map(
    ([name, value, remark]) => html`
    <div><dt>${name}</dt><dd class="value">${value}</dd><dd>${remark}</dd></div>`,
  )}
  </dl>
</header>`;
}

function summary(report: Report): Markup {
  const { target, final, options, iterations, baseline, timing } = report;
  const { name, write } = scoreFormat(report);
  const before = html`The network gives this photo a ${name} of <strong>${write(target.score)}</strong> for
  ${untrustedName(shortLabel(target))}.`;
  if (options.method === 'random') {
    return html`${before} The map below is random: a control that a real explanation has to beat.`;
  }
  if (iterations.length === 0) {
    return html`${before} The map below, made by ${methodName(report)}, is hot where that score depends on the pixels.`;
  }
  return html`${before} With ${percent(final.area)} of the photo’s area replaced by the ${baseline.kind} baseline,
  <strong>${write(final.score)}</strong> is left. ${methodName(report)} found these pixels in
  ${count(iterations.length, 'iteration')} (${duration(timing.total)}).`;
}

function figures(report: Report): [string, Part, Part][] {
  const { target, final, metrics, iterations, baseline } = report;
  const { name, write } = scoreFormat(report);
  const list: [string, Part, Part][] = [];
  if (iterations.length > 0 && isNumber(final.score)) {
    list.push([name, change(write(target.score), write(final.score)), 'the photo, and what is left of it']);
  } else {
    list.push([name, write(target.score), `the photo; the baseline has ${write(baseline.score)}`]);
  }
  if (iterations.length > 0 && isNumber(final.area)) {
    list.push(['area replaced', percent(final.area), 'mean of 1 − mask']);
  }
  if (metrics) {
    list.push(['deletion area', measured(metrics.deletion.auc, 3), 'low is good']);
    list.push(['insertion area', measured(metrics.insertion.auc, 3), 'high is good']);
  }
  return list;
}

function change(before: string, after: string): Markup {
  return html`${before} <span class="arrow" aria-hidden="true">→</span><span class="unseen"> to </span> ${after}`;
}
