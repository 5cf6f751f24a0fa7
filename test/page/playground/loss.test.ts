import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

interface Terms {
  readonly score: number;
  readonly l1: number;
  readonly tv: number;
  readonly objective: number;
}

/** The numbers at the bars. */
async function terms(page: Page): Promise<Terms> {
  const [score = NaN, l1 = NaN, tv = NaN, objective = NaN] = (
    await page.locator('.terms .number').allTextContents()
  ).map((text) => Number.parseFloat(text));
  return { score, l1, tv, objective };
}

async function runExample(page: Page, name: string): Promise<{ hidden: number; tv: number }> {
  await page.getByRole('button', { name: `Run: ${name}` }).click();
  const card = page.locator('.example', { hasText: name });
  await expect.poll(() => card.textContent(), { timeout: 20_000 }).toMatch(/hidden \d/);
  const [, hidden = '', tv = ''] = /hidden ([\d.]+)%, TV ([\d.]+)/.exec((await card.textContent())!) ?? [];
  return { hidden: Number(hidden), tv: Number(tv) };
}

test('weights change the price of a mask and not the mask; what is painted is priced by hand-worked numbers', async () => {
  // the left half of the 14 columns is hidden: half of the cells, and an edge of 14 of 182 differences in rows
  const half = Array.from({ length: 14 * 14 }, (_, cell) => cell % 14 < 7);
  const { page, complaints } = await visit('#/tour/loss?l1=0.4&tv=10&tv-scale=off');
  await expect.poll(async () => (await terms(page)).objective).toBeCloseTo(1, 3);
  for (const [cell, hidden] of half.entries()) {
    if (hidden) await page.locator('.painter button').nth(cell).press('Space');
  }
  await expect.poll(async () => (await terms(page)).l1).toBeCloseTo(0.4 / 2, 3);
  const painted = await terms(page);
  expect(painted.tv).toBeCloseTo((10 * 14) / 182, 3);
  expect(painted.objective).toBeCloseTo(painted.score + painted.l1 + painted.tv, 2);

  await page.getByRole('slider', { name: 'λ₁' }).fill('0.8');
  await page.getByRole('slider', { name: 'λ₂' }).fill('2');
  await expect.poll(() => terms(page)).toMatchObject({ score: painted.score, l1: 0.4, tv: 0.154 });
  expect(new URL(page.url()).hash).toContain('l1=0.8&tv=2&tv-scale=off');
  expect(complaints).toEqual([]);
});

test('with TV alone nothing speaks against hiding everything', async () => {
  const { page } = await visit('#/tour/loss?l1=0&tv=0.5&tv-scale=off');
  await page.getByRole('button', { name: 'Hide everything' }).click();
  await expect.poll(() => terms(page)).toMatchObject({ l1: 0, tv: 0, objective: 0.0343 });
});

test('the search finds what its weights ask for: small by L1, smooth by TV', async () => {
  const { page, complaints } = await visit('#/tour/loss');
  const l1Only = await runExample(page, 'L1 only');
  const tvOnly = await runExample(page, 'TV only');
  const both = await runExample(page, 'Both');
  expect([l1Only.hidden, both.hidden, tvOnly.hidden]).toEqual(
    [17, 25.9, 38.9].map((share) => expect.closeTo(share, 0)),
  );
  expect([l1Only.tv, both.tv, tvOnly.tv]).toEqual([0.22, 0.065, 0.044].map((tv) => expect.closeTo(tv, 2)));

  // the bars price the mask that is shown as the search did
  await expect.poll(() => page.locator('.actions [role="status"]').textContent()).toMatch(/objective 0\.0596$/);
  await expect.poll(async () => (await terms(page)).objective).toBeCloseTo(0.0596, 3);
  const found = await terms(page);
  expect(found.score).toBeLessThan(0.01);
  // dearer edges: the mask stays until the next run
  await page.getByRole('slider', { name: 'λ₂' }).fill('5');
  await expect.poll(async () => (await terms(page)).tv).toBeCloseTo(10 * found.tv, 1);
  expect((await terms(page)).l1).toBe(found.l1);
  await page.getByRole('button', { name: 'Back to my own mask' }).click();
  await expect.poll(() => terms(page)).toMatchObject({ l1: 0, tv: 0, objective: 1 });
  expect(complaints).toEqual([]);
});

test('too large a weight stops the search before it begins', async () => {
  const { page } = await visit('#/tour/loss?tv=20&tv-scale=off');
  await page.getByRole('button', { name: 'Run I-GOS' }).click();
  await expect
    .poll(() => page.locator('.actions [role="status"]').textContent(), { timeout: 20_000 })
    .toMatch(/: objective 1$/);
  expect((await terms(page)).l1).toBe(0);
});

test('the question can be answered, and the chapter has no barrier in either language, on a phone', async () => {
  const { page, complaints } = await visit('#/tour/loss?theme=light', { width: 360 });
  await expectAnswers(page, { wrong: 'the whole of λ₂', right: 'only the score that black leaves' });
  await runExample(page, 'Both');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expectAccessibleInBoth(page);
  expect(complaints).toEqual([]);
});
