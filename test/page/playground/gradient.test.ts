import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

const reading = (page: Page, label: string) => page.locator('.reading').filter({ hasText: label }).locator('output');

async function numberOf(text: Promise<string | null>): Promise<number> {
  return Number.parseFloat((await text) ?? '');
}

const slopeOf = (page: Page) => numberOf(reading(page, 'Slope of the score').textContent());
const scoreOf = (page: Page) => numberOf(page.locator('.mixture .meter output').textContent());

/** Sets the share of the picture, and waits for its numbers. */
async function moveTo(page: Page, share: number): Promise<void> {
  await page.getByRole('slider', { name: 'Share of the picture' }).fill(String(share));
  const seen = page.locator('.maps canvas').first();
  await expect.poll(() => seen.getAttribute('aria-label')).toContain(`${100 * share}% of`);
  await expect.poll(() => page.locator('.mixture').getAttribute('aria-busy')).toBe('false');
}

/** The strongest colour of the map of the mask's cells: 0 where all of it is white. */
function strongestColour(page: Page): Promise<number> {
  return page
    .locator('.maps canvas')
    .last()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((most, value, i) => (i % 4 === 3 ? most : Math.max(most, 255 - value)), 0);
    });
}

test('the score saturates: steep on the way, flat at the picture, and the slope is the slope', async () => {
  const { page, complaints } = await visit('#/tour/gradient');
  await expect.poll(() => slopeOf(page)).toBeCloseTo(0, 2);
  expect(await slopeOf(page)).toBeLessThan(0.001);
  expect(await scoreOf(page)).toBeCloseTo(100, 0);

  const scores: number[] = [];
  for (const share of [0.09, 0.11]) {
    await moveTo(page, share);
    scores.push((await scoreOf(page)) / 100);
  }
  await moveTo(page, 0.1);
  const slope = await slopeOf(page);
  expect(slope).toBeGreaterThan(3);
  expect(Math.abs((scores[1]! - scores[0]!) / 0.02 / slope - 1)).toBeLessThan(0.05);
  expect(new URL(page.url()).hash).toContain('mix=0.1');
  expect(complaints).toEqual([]);
});

test('with one scale for every share the map of the cells is blank at the picture', async () => {
  const { page } = await visit('#/tour/gradient');
  await expect.poll(() => strongestColour(page)).toBeGreaterThan(200);
  await page.getByLabel('Same colours for every share').check();
  await expect.poll(() => strongestColour(page)).toBeLessThan(5);
  await moveTo(page, 0.1);
  await expect.poll(() => strongestColour(page)).toBeGreaterThan(100);
});

test('two cells: the gradient stands still where the average gradient takes both away', async () => {
  const { page, complaints } = await visit('#/tour/gradient', { height: 1200 });
  const here = reading(page, 'Gradient here');
  const average = reading(page, 'Gradient of the average score');
  const score = page.locator('.meter output').last();
  await expect.poll(() => here.textContent()).toBe('(0, 0)');
  expect(await average.textContent()).toBe('(0.167, 0.167)');
  expect(await score.textContent()).toBe('1');

  await page.getByRole('button', { name: 'Step against the gradient here' }).click();
  expect(await page.getByLabel('Cell a').inputValue()).toBe('1');
  await page.getByRole('button', { name: 'Step against the average gradient' }).click();
  await expect.poll(() => score.textContent()).toBe('0');
  expect(await page.getByLabel('Cell a').inputValue()).toBe('0');
  expect(await page.getByLabel('Cell b').inputValue()).toBe('0');

  const { page: other } = await visit('#/tour/gradient?cell-a=0.6&cell-b=0.2');
  await expect.poll(() => reading(other, 'Gradient here').textContent()).toBe('(0.8, 0.4)');
  // by hand: 1/2 − b/3 and 1/2 − a/3
  expect(await reading(other, 'Gradient of the average score').textContent()).toBe('(0.433, 0.3)');
  expect(await other.locator('.meter output').last().textContent()).toBe('0.68');
  expect(complaints).toEqual([]);
});

test('photos have their gradients, too', async () => {
  const { page, complaints } = await visit('#/tour/gradient?model=efficientnet-lite0&mix=0.2');
  await expect.poll(() => slopeOf(page), { timeout: 50_000 }).toBeGreaterThan(3);
  await expect.poll(() => page.locator('.mixture + .chart g.plot .mark').count(), { timeout: 50_000 }).toBe(21);
  expect(complaints).toEqual([]);
});

test('the question can be answered, and the chapter has no barrier in either language', async () => {
  const { page } = await visit('#/tour/gradient');
  await expectAnswers(page, { wrong: 'Right, they do not matter', right: 'They do: each of them is enough' });
  await expect.poll(() => slopeOf(page)).toBeLessThan(0.001);
  await expectAccessibleInBoth(page);
});
