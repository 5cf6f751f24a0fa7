import { expect, test } from 'vitest';
import { budgets } from '../../bench/size/budgets.ts';
import { measureSize } from '../../bench/size/measure.ts';

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

test('the budgets name what packages export', async () => {
  for (const { minified } of await Promise.all(budgets.map(measureSize))) expect(minified).toBeGreaterThan(50_000);
});
