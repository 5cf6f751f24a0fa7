/** `npm run bench`: see options.ts for how it is called and docs/performance.md for what it measures. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { type BenchOptions, helpText, parseOptions } from './options.ts';
import { onnxPackage } from './peers/onnx.ts';
import { waitForQuiet, watchOthers } from './processor-use.ts';
import { formatOutcome } from './results/format.ts';
import { describeMachine, findVersions } from './results/machine.ts';
import { insertTables } from './results/markdown.ts';
import type { Outcome } from './results/outcome.ts';
import { type BenchReport, mergeReports, type ReportRow } from './results/report.ts';
import type { Context, Group } from './results/row.ts';
import { groups, pageGroups } from './rows/index.ts';

const documentFile = new URL('../docs/performance.md', import.meta.url);
const dataFile = new URL('../docs/performance.json', import.meta.url);
const rowIds = [...groups, ...pageGroups].flatMap(({ rows }) => rows.map(({ id }) => id));

// Node 20 keeps the fused multiply-add of WebAssembly behind a switch, as `igos` finds it, too.
setFlagsFromString('--experimental-wasm-relaxed-simd');
try {
  await run(parseOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
process.exit(); // a peer may leave threads behind

async function run(options: BenchOptions): Promise<void> {
  if (options.help) return void process.stdout.write(helpText(rowIds, onnxPackage));
  const unknown = options.only.find((id) => !rowIds.includes(id));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is no such row; rows are ${rowIds.join(', ')}`);
  const context: Context = {
    rounds: options.rounds,
    quick: options.quick,
    python: process.env.PYTHON ?? 'python3',
    watch: watchOthers,
    waitForQuiet: () => waitForQuiet(options.wait),
    log: (text) => process.stderr.write(`  ${text}\n`),
  };
  const rows: ReportRow[] = [];
  for (const group of chosenGroups(options)) {
    process.stderr.write(`${group.title}\n`);
    rows.push(...(await runGroup(group, { options, context })));
  }
  const report = { machine: describeMachine(), versions: await findVersions(context.python), rows };
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else for (const row of rows) process.stdout.write(`${formatOutcome(row, row.outcome)}\n`);
  if (options.write) writeReport(report);
  if (rows.some(({ outcome }) => 'error' in outcome)) process.exitCode = 1;
}

function chosenGroups({ only, chromium }: BenchOptions): readonly Group[] {
  if (only.length === 0) return chromium ? pageGroups : groups;
  return [...groups, ...pageGroups].filter(({ rows }) => rows.some(({ id }) => only.includes(id)));
}

interface GroupRun {
  readonly options: BenchOptions;
  readonly context: Context;
}

/** A row that cannot be measured says why; the others go on. */
async function runGroup(group: Group, { options: { only, rounds }, context }: GroupRun): Promise<ReportRow[]> {
  const asked = group.rows.filter(({ id }) => only.length === 0 || only.includes(id));
  const date = new Date().toISOString().slice(0, 10);
  let outcomes: Readonly<Record<string, Outcome>> = {};
  let failure = 'it was not measured';
  try {
    outcomes = await group.run(context);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    if (process.env.DEBUG === 'igos') process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  }
  const { title } = group;
  return asked.map((row) => ({ ...row, group: title, outcome: outcomes[row.id] ?? { error: failure }, date, rounds }));
}

function writeReport(fresh: BenchReport): void {
  const old = existsSync(dataFile) ? (JSON.parse(readFileSync(dataFile, 'utf8')) as BenchReport) : undefined;
  const report = mergeReports(old, fresh, rowIds);
  const digits = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value);
  writeFileSync(dataFile, `${JSON.stringify(report, digits, 1)}\n`);
  writeFileSync(documentFile, insertTables(readFileSync(documentFile, 'utf8'), report));
}
