import type { JsonValue, Report } from '../report.ts';
import { count, duration, figure, isNumber, scoreFormat } from './format.ts';
import { html, type Markup, type Part, untrustedName } from './markup.ts';

type Fact = readonly [name: string, value: Part];

/** All that the result depends on: model, photo, target and every setting, so that it can be judged and repeated. */
export function factsSection(
  report: Report,
  { command, baselinePicture }: { command?: string; baselinePicture: Part },
): Markup {
  return html`
<section class="block" aria-labelledby="facts-heading">
  <h2 id="facts-heading">What was run</h2>
  ${command !== undefined && html`<p>The command that repeats it:</p><pre class="command" tabindex="0"><code>${command}</code></pre>`}
  <div class="fact-groups">
    ${group('Model', plainFacts(report.model))}
    ${group('Photo', plainFacts(report.image))}
    ${group('Target', plainFacts(report.target))}
    ${group('Baseline', baselineFacts(report), baselinePicture)}
    ${group('Run', runFacts(report))}
  </div>
  <div class="fact-group settings-used"><h3>Settings</h3>${factList(plainFacts(report.options))}</div>
</section>`;
}

function group(name: string, facts: readonly Fact[], picture?: Part): Markup {
  return html`
    <div class="fact-group">
    <h3>${name}</h3>${picture}
    ${factList(facts)}
    </div>`;
}

function factList(facts: readonly Fact[]): Markup {
  return html`<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function baselineFacts(report: Report): Fact[] {
  const { name, write } = scoreFormat(report);
  return [
    ['kind', report.baseline.kind],
    [name, write(report.baseline.score)],
  ];
}

const endings: Record<Report['stopped'], string> = {
  iterations: 'all iterations done',
  'failed-search': 'no step lowered the objective',
  tolerance: 'changes fell below the tolerance',
  time: 'time limit',
  aborted: 'aborted',
};

function runFacts({ backend, iterations, stopped, timing }: Report): Fact[] {
  const facts: Fact[] = [['backend', backend]];
  if (iterations.length > 0) {
    const failed = iterations.filter((iteration) => iteration.failed).length;
    facts.push(['iterations', figure(iterations.length)], ['ended by', endings[stopped]]);
    facts.push(['searches without success', figure(failed)]);
    facts.push(['evaluations', figure(iterations.reduce((sum, { evaluations }) => sum + evaluations, 0))]);
  }
  facts.push(['time', duration(timing.total)]);
  if (isNumber(timing.perIteration)) facts.push(['time per iteration', duration(timing.perIteration)]);
  return facts;
}

/** The fields of an object by their own names, in words: `maskSize` as `mask size`. */
function plainFacts(object: { readonly [name: string]: JsonValue | undefined }): Fact[] {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      plainValue(value as JsonValue, name),
    ]);
}

/** Longest list that is written out; of longer ones, such as class names, only the number of entries. */
const longestList = 12;

/** `name` tells sizes, 28 × 28, from lists, 127, 127, 127. */
function plainValue(value: JsonValue, name: string): Part {
  if (value === null) return '–';
  if (typeof value === 'number') return figure(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return untrustedName(value);
  if (isList(value)) {
    if (value.length > longestList) return count(value.length, 'entry').replace('entrys', 'entries');
    const isSize = /size|shape|^input$/i.test(name);
    return value.map((entry, i) => [i > 0 && (isSize ? ' × ' : ', '), plainValue(entry, name)]);
  }
  return Object.entries(value).map(([part, entry], i) => [i > 0 && ', ', `${part} `, plainValue(entry ?? null, part)]);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
