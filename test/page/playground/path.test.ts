import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** Sum, what it should be, and error, for stops that count alike and for those of I-GOS. */
async function totals(page: Page): Promise<number[][]> {
  const rows = await page.locator('.totals tbody tr').all();
  return Promise.all(
    rows.map(async (row) => (await row.locator('td').allTextContents()).map((text) => Number.parseFloat(text))),
  );
}

/** The numbers of a chart, from the table beside it. */
async function numbersOf(page: Page, title: string): Promise<number[]> {
  const cells = page.locator('table', { has: page.locator('caption', { hasText: title }) }).locator('td');
  return (await cells.allTextContents()).map((text) => Number.parseFloat(text));
}

const scores = (page: Page) => page.locator('.ranking output').allTextContents();

async function setStops(page: Page, stops: number): Promise<void> {
  await page.getByLabel('Stops on the path, S').fill(String(stops));
  await expect.poll(() => page.locator('.film canvas').count()).toBe(stops);
  await expect.poll(() => page.locator('.totals tbody tr').count()).toBe(2);
}

test('with one stop the sum is the plain gradient, and it comes to completeness with more of them', async () => {
  const { page, complaints } = await visit('#/tour/path?ig-steps=1');
  await expect.poll(() => totals(page)).toHaveLength(2);

  const [alone = [], aloneScaled = []] = await totals(page);
  expect(alone[0]).toBeCloseTo(0.0003, 4);
  expect(alone[1]).toBeCloseTo(0.966, 3); // 100 % with the strokes, 3.4 % without
  expect(aloneScaled[0]).toBe(alone[0]);
  await expect.poll(() => scores(page)).not.toContain('–');
  const [bySum, byPlain, blindly] = await scores(page);
  expect(bySum).toBe(byPlain);
  expect(Number.parseFloat(bySum!)).toBeLessThan(10);
  expect(Number.parseFloat(blindly!)).toBeGreaterThan(90);

  await setStops(page, 50);
  await expect.poll(async () => Math.abs((await totals(page))[0]![2]!)).toBeLessThan(0.05);
  const [even = [], scaled = []] = await totals(page);
  expect(even[0]! - even[1]!).toBeCloseTo(even[2]!, 2);
  expect(Math.abs(scaled[2]!)).toBeLessThan(0.02);
  // the total of the I-GOS sum is another one: the photo's score minus the average on the way
  expect(scaled[1]!).toBeLessThan(even[1]! / 2);

  await expect.poll(() => numbersOf(page, 'Error of the sum')).toHaveLength(6);
  const errors = await numbersOf(page, 'Error of the sum');
  expect(errors[0]).toBeGreaterThan(0.9);
  expect(errors.at(-1)).toBeCloseTo(Math.abs(even[2]!), 3);
  expect(complaints).toEqual([]);
});

test('the text is right about which ranking is better where', async () => {
  const left = async (hash: string) => {
    const { page, complaints } = await visit(`#/tour/path?${hash}`);
    await expect.poll(() => totals(page), { timeout: 30_000 }).toHaveLength(2);
    await expect.poll(() => scores(page), { timeout: 30_000 }).not.toContain('–');
    const [bySum = NaN, byPlain = NaN] = (await scores(page)).map((text) => Number.parseFloat(text));
    const [even = []] = await totals(page);
    expect(complaints).toEqual([]);
    return { bySum, byPlain, found: even[0]! / even[1]! };
  };
  for (const picture of ['3', '5']) {
    const { bySum, byPlain } = await left(`picture=${picture}`);
    expect(bySum).toBeGreaterThan(byPlain);
  }
  for (const picture of ['0', '1', '2', '4', '6', '7', '8', '9']) {
    const { bySum, byPlain } = await left(`picture=${picture}`);
    expect(Math.max(bySum, byPlain), picture).toBeLessThan(10);
  }
  const dog = await left('model=efficientnet-lite0');
  expect(dog.bySum).toBeLessThan(dog.byPlain / 2);
  const goldfish = await left('model=efficientnet-lite0&picture=goldfish');
  expect(goldfish.found).toBeCloseTo(0.25, 1);
}, 120_000);

test('the film is stepped through by keys, by pointer and by the slider, and the link holds the stop', async () => {
  const { page, complaints } = await visit('#/tour/path?ig-steps=10&point=2');
  const captions = page.locator('.trio figcaption');
  const at = () => captions.first().textContent();
  await expect.poll(at).toMatch(/^t = 0\.2: score 75\.8%$/);
  // as far from the baseline as the fourth of twenty; all cells together are the slope of the score there
  const slope = Number.parseFloat((await captions.nth(1).textContent())!.split(': ')[1]!);
  expect(slope).toBeCloseTo(2.5, 1);

  await page.locator('.film button[aria-pressed="true"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(at).toMatch(/^t = 0\.3/);
  await page.keyboard.press('End');
  await expect.poll(at).toMatch(/^t = 1: score 100\.0%$/);
  // up to the last stop, the map of the sum is the whole sum
  const reached = Number.parseFloat((await captions.nth(2).textContent())!.split(': ')[1]!);
  expect(reached).toBe((await totals(page))[1]![0]);
  await page.locator('.film button').nth(4).click();
  await expect.poll(at).toMatch(/^t = 0\.5/);
  await page.getByRole('slider', { name: /^Stop\b/ }).press('ArrowLeft');
  await expect.poll(at).toMatch(/^t = 0\.4/);
  expect(new URL(page.url()).hash).not.toContain('point='); // the fourth is the one at the start

  await page.getByLabel('their middles').check();
  await expect.poll(at).toMatch(/^t = 0\.35/);
  expect(complaints).toEqual([]);
});

test('the question can be answered, and the chapter has no barrier in either language, on a phone', async () => {
  const { page, complaints } = await visit('#/tour/path?theme=light', { width: 360 });
  await expectAnswers(page, { wrong: 'noisy guess', right: 'The only stop is the picture' });
  await expect.poll(() => totals(page)).toHaveLength(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expectAccessibleInBoth(page);
  expect(complaints).toEqual([]);
});
