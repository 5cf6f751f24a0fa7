import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundle } from '../../bench/bundle.ts';
import { budgets } from '../../bench/size/budgets.ts';
import { measureSize, type Size } from '../../bench/size/measure.ts';

const budgetOf = (code: string) => ({ name: 'test', code, limit: 1, wanted: 1 });

test('only what is imported counts, and every byte of it has a place', async () => {
  const [little, more] = await Promise.all([
    measureSize(budgetOf(`export { displayMap } from 'igos';`)),
    measureSize(budgetOf(`export { displayMap, explain } from 'igos';`)),
  ]);
  expect(little.gzip).toBeLessThan(1000);
  expect(more.gzip).toBeGreaterThan(little.gzip + 1000);
  expect(more.gzip).toBeLessThan(more.minified / 2);
  const placed = more.parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(placed / more.minified).toBeGreaterThan(0.98);
  expect(more.parts.map(([folder]) => folder)).toContain('igos/methods');
});

/** Files of a folder of `igos` of which something is left in a bundle. */
async function filesLeft(code: string, folder: string): Promise<string[]> {
  const { modules } = await bundle(code, { minify: true });
  const left = Object.keys(modules).filter((file) => modules[file]!.renderedLength > 0);
  return left.flatMap((file) => new RegExp(`/igos/src/${folder}/([^/]+)\\.ts$`).exec(file)?.[1] ?? []).sort();
}

test.each([
  ['methods', `explain(problem, {})`, ['endpoints', 'igos']],
  ['methods', `explain(problem, { method: igos.methods.gradient })`, ['attribution', 'endpoints', 'gradient', 'igos']],
  ['directions', `explain(problem, { direction: igos.directions.plain })`, ['integrated', 'plain']],
  ['line-searches', `explain(problem, { lineSearch: igos.lineSearches.nag })`, ['armijo', 'backtrack', 'nag']],
  ['path-rules', `createMaskProblem({ path: { rule: igos.pathRules.midpoint } })`, ['evenly']],
  ['baselines', `makeBaseline(igos.baselines.black, problem)`, ['baseline', 'constant', 'make-baseline']],
  ['regularizers', `createMaskProblem({})`, ['differences', 'graph-term', 'l1', 'total-variation']],
])('of the %s a page loads the defaults and what %s names', async (folder, call, files) => {
  const code = `import * as igos from 'igos'; export const run = (problem) => igos.${call};`;
  expect(await filesLeft(code, folder)).toEqual(files);
});

test('the budgets name what packages export', async () => {
  for (const { minified } of await Promise.all(budgets.map(measureSize))) expect(minified).toBeGreaterThan(50_000);
});

test('npm run size fails where a budget is not kept, and says by how much', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const command = ['--import', 'tsx', 'bench/size/main.ts', '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  const sizes: Size[] = JSON.parse(stdout);
  expect(sizes.map(({ name }) => name)).toEqual(budgets.map(({ name }) => name));
  const tooLarge = sizes.filter(({ gzip, limit }) => gzip > 1024 * limit);
  expect(status).toBe(tooLarge.length > 0 ? 1 : 0);
  const complaints = tooLarge.map(
    ({ name, gzip, limit }) => `${name}: ${(gzip / 1024 - limit).toFixed(1)} KiB over its budget`,
  );
  expect(stderr.split('\n').filter(Boolean)).toEqual(complaints.map((text) => expect.stringContaining(text)));
});
