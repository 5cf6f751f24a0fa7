import { formatBar, formatMilliseconds, formatRate, formatValue, verdict } from './format.ts';
import type { Comparison } from './outcome.ts';
import type { BenchReport, ReportRow } from './report.ts';

const begin = '<!-- begin of what `npm run bench -- --write` writes -->';
const end = '<!-- end of what `npm run bench -- --write` writes -->';

/**
 * The document with the report's tables between its two marks.
 * @throws Error when a mark is missing
 */
export function insertTables(document: string, report: BenchReport): string {
  const [head, rest] = document.split(begin);
  const [, tail] = (rest ?? '').split(end);
  if (head === undefined || tail === undefined) throw new Error(`the document needs the lines ${begin} and ${end}`);
  return `${head}${begin}\n\n${tables(report)}\n${end}${tail}`;
}

function tables({ machine, versions, rows }: BenchReport): string {
  const { processor, cores, memory, system } = machine;
  const software = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${processor}, ${cores} cores, ${memory} GB, ${system}; ${software.join(', ')}.\n`,
    table(['measure', 'best', 'median', 'bar', 'wanted', '', 'date'], rows.map(summary)),
    ...sections(rows),
  ].join('\n');
}

const verdicts = { wanted: '**wanted**', met: 'met', missed: '**missed**', '': '' };

function summary({ measure, unit, bar, outcome, date }: ReportRow): string[] {
  const bars = bar ? [formatBar(unit, bar), formatValue(unit, bar.wanted)] : ['', ''];
  if ('error' in outcome) return [measure, 'not measured', '', ...bars, outcome.error, date];
  const { value } = outcome;
  const shown = value ? [formatValue(unit, value.best), formatValue(unit, value.median)] : ['', ''];
  return [measure, ...shown, ...bars, verdicts[verdict(bar, value)], date];
}

/** The samples behind the rows, a section for each group. */
function sections(rows: readonly ReportRow[]): string[] {
  const groups = new Set(rows.map(({ group }) => group));
  return [...groups].map((group) =>
    section(
      group,
      rows.filter((row) => row.group === group),
    ),
  );
}

function section(group: string, rows: readonly ReportRow[]): string {
  const outcomes = rows.flatMap(({ outcome }) => ('error' in outcome ? [] : outcome));
  // Rows may judge the same samples.
  const comparisons = new Map(outcomes.flatMap((outcome) => outcome.comparisons).map((one) => [one.subject, one]));
  const lines = [...comparisons.values()].flatMap(timingRows);
  const notes = [...new Set(outcomes.flatMap((outcome) => outcome.notes ?? []))].map((note) => `- ${note}\n`).join('');
  return [`### ${group}\n`, lines.length > 0 ? table(timingColumns, lines) : '', notes].filter(Boolean).join('\n');
}

const timingColumns = ['', 'case', 'best, ms', 'median, ms', 'GFLOP/s', 'others, cores'];

function timingRows({ subject, timings, othersBusy }: Comparison): string[][] {
  return timings.map((timing, i) => [
    i === 0 ? subject : '',
    timing.name,
    formatMilliseconds(timing.best),
    formatMilliseconds(timing.median),
    formatRate(timing),
    i === 0 && othersBusy !== undefined ? othersBusy.toFixed(1) : '',
  ]);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('');
}
