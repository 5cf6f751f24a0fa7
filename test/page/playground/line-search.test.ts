import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

test('trials lie on the curve; the accepted one is under the Armijo line, the rejected ones are over it', async () => {
  const { page, complaints } = await visit('#/tour/line-search');
  await expect.poll(() => verdicts(page)).toEqual(['rejected', 'accepted']);
  expect(await page.getByLabel(/^Iteration/).inputValue()).toBe('3');
  const [rejected, accepted] = (await trials(page)) as [TrialRow, TrialRow];
  expect([rejected.step, accepted.step]).toEqual([200, 40]); // the first step, and a fifth of it
  expect(rejected.margin).toBeGreaterThan(0);
  expect(accepted.margin).toBeLessThanOrEqual(0);
  expect(accepted.objective).toBeLessThan(rejected.objective);

  const { curve, bound, crosses, rings } = await drawn(page, 63);
  expect([crosses.length, rings.length]).toEqual([1, 1]);
  for (const mark of [...crosses, ...rings]) expect(distance(mark, curve)).toBeLessThan(0.02);
  expect(rings[0]!.y).toBeGreaterThan(heightAt(bound, rings[0]!.x)); // down is small
  expect(crosses[0]!.y).toBeLessThan(heightAt(bound, crosses[0]!.x));
  expect(complaints).toEqual([]);
});

test('a stricter Armijo constant bends the line down and shortens the step', async () => {
  const { page } = await visit('#/tour/line-search?iteration=2');
  await expect.poll(() => verdicts(page)).toEqual(['accepted']);
  const constant = page.getByLabel(/^Armijo constant/);
  await constant.focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => constant.getAttribute('aria-valuetext')).toBe('0.3');
  await expect.poll(() => verdicts(page)).toEqual(['rejected', 'rejected', 'rejected', 'accepted']);
  const rows = await trials(page);
  expect(rows.map(({ step }) => step)).toEqual([200, 40, 8, 1.6]);
  expect(rows[2]!.objective).toBeLessThan(rows[3]!.objective); // better, but too little for so long a step
  expect(new URL(page.url()).hash).toContain('armijo=0.3');
  const { bound, crosses, rings } = await drawn(page, 65);
  for (const mark of crosses) expect(mark.y).toBeLessThan(heightAt(bound, mark.x));
  expect(rings[0]!.y).toBeGreaterThan(heightAt(bound, rings[0]!.x));
});

test('a failed search rejects every trial, keeps the mask and ends the run', async () => {
  // Steps this long are far above the rounding of the network's numbers.
  const { page } = await visit('#/tour/line-search?step=20&min-step=0.01');
  await expect
    .poll(() => page.locator('.outcome').textContent())
    .toMatch(/^Iteration 1: the search failed\..*ends here/);
  const rows = await trials(page);
  expect(rows.map(({ step }) => step)).toEqual([20, 4, 0.8, 0.16, 0.032, 0.0064]);
  for (const { verdict, margin } of rows) {
    expect(verdict).toBe('rejected');
    expect(margin).toBeGreaterThan(0);
  }
  const { crosses, rings } = await drawn(page, 67);
  expect([crosses.length, rings.length]).toEqual([6, 0]);
});

test('judged along the path, the curve is the path average, and the search goes on', async () => {
  const { page } = await visit('#/tour/line-search?picture=9&iteration=15');
  await expect.poll(() => page.locator('.outcome').textContent()).toContain('the search failed');
  await page.getByLabel('Armijo, along the path').check();
  await expect.poll(() => page.getByLabel(/^Iteration/).inputValue()).toBe('15');
  await expect.poll(() => page.locator('.outcome').textContent()).toMatch(/^Iteration 15: .*passes/);
  const rows = await trials(page);
  const { curve, crosses, rings } = await drawn(page, 25 + rows.length);
  expect(crosses.length + rings.length).toBe(rows.length);
  for (const mark of [...crosses, ...rings]) expect(distance(mark, curve)).toBeLessThan(0.02);
});

test('the question is answered, and the chapter has no barrier in either language', async () => {
  const { page, complaints } = await visit('#/tour/line-search');
  const said = page.locator('.question [role="status"]');
  await page.getByLabel('The direction is zero there.').check();
  await expect.poll(() => said.textContent()).toMatch(/^Not quite\./);
  await page.getByLabel(/Around the whole picture the score is flat/).check();
  await expect.poll(() => said.textContent()).toMatch(/^Right\./);
  await expect.poll(() => verdicts(page)).toEqual(['rejected', 'accepted']);
  await expectAccessibleInBoth(page);
  await expect.poll(() => page.locator('.outcome').textContent()).toMatch(/^第 3 次迭代：第 2 次尝试通过/);
  expect(complaints).toEqual([]);
});

interface TrialRow {
  readonly step: number;
  readonly objective: number;
  readonly margin: number;
  readonly verdict: string;
}

async function trials(page: Page): Promise<TrialRow[]> {
  const rows = await page.locator('.trials tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const [step = '', objective = '', margin = '', verdict = ''] = await row.locator('th, td').allTextContents();
      return { step: numberOf(step), objective: numberOf(objective), margin: numberOf(margin), verdict };
    }),
  );
}

async function verdicts(page: Page): Promise<string[]> {
  return page.locator('.trials tbody td:last-child').allTextContents();
}

/** `−3.68 × 10⁻¹⁰` */
function numberOf(text: string): number {
  const plain = text.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]!);
  return Number(plain.replace('−', '-').replace(' × 10', 'e').replaceAll(',', ''));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the figure shows, in its own units, once the curve has all its points. */
async function drawn(page: Page, points: number) {
  const plot = page.locator('.line-search .chart svg[role="img"]');
  const line = async (name: string) => {
    const text = (await plot.locator(`polyline[data-name="${name}"]`).getAttribute('points')) ?? '';
    return text.split(' ').map((pair): Point => {
      const [x, y] = pair.split(',').map(Number);
      return { x: x!, y: y! };
    });
  };
  await expect.poll(async () => (await line('F along the direction')).length).toBe(points);
  const marks = async (shape: string) => {
    const found = await plot.locator(`[data-shape="${shape}"]`).all();
    const places = await Promise.all(found.map((mark) => mark.getAttribute('transform')));
    return places.map((place): Point => {
      const [, x, y] = /translate\((\S+) (\S+)\)/.exec(place ?? '')!;
      return { x: Number(x), y: Number(y) };
    });
  };
  return {
    ...{ curve: await line('F along the direction'), bound: await line('Armijo bound') },
    ...{ crosses: await marks('cross'), rings: await marks('ring') },
  };
}

function distance({ x, y }: Point, curve: readonly Point[]): number {
  return Math.min(...curve.map((point) => Math.hypot(point.x - x, point.y - y)));
}

/** On the straight line between the points beside it. */
function heightAt(line: readonly Point[], x: number): number {
  const sorted = [...line].sort((one, other) => one.x - other.x);
  const after = sorted.findIndex((point) => point.x >= x - 0.01);
  const [left, right] = [sorted[Math.max(0, after - 1)]!, sorted[after]!];
  const share = right.x === left.x ? 1 : (x - left.x) / (right.x - left.x);
  return left.y + share * (right.y - left.y);
}
