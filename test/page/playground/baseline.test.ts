import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** What a baseline leaves of the score, in percent, and whether the page says that this keeps the answer. */
async function left(page: Page, name: string): Promise<{ readonly score: number; readonly verdict: string }> {
  const [score = '', verdict = ''] = (await card(page, name).locator('.left').innerText()).split(/\s*%\s*/);
  return { score: Number(score), verdict };
}

function card(page: Page, name: string) {
  return page.locator('.baseline').filter({ has: page.getByRole('radio', { name, exact: true }) });
}

async function found(page: Page, name: string): Promise<{ readonly area: number; readonly score: number }> {
  const text = page.locator('.found-masks .baseline').filter({ hasText: name }).locator('.left');
  await expect.poll(() => text.textContent()).toMatch(/removed/);
  const [area = Number.NaN, score = Number.NaN] =
    ((await text.textContent()) ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
  return { area, score };
}

test('each baseline is judged by the score that it leaves, and a wider blur leaves less', async () => {
  const { page, complaints } = await visit('#/tour/baseline');
  await expect.poll(() => left(page, 'Mixed')).toMatchObject({ verdict: 'keeps the answer' });
  expect(await left(page, 'Blur')).toEqual({ score: expect.closeTo(75.1, 0), verdict: 'keeps the answer' });
  expect(await left(page, 'Black')).toEqual({ score: expect.closeTo(3.4, 0), verdict: 'takes it away' });

  await page.getByLabel('Picture', { exact: true }).selectOption('8');
  await expect.poll(async () => (await left(page, 'Mean')).score).toBeCloseTo(71.8, 0);
  await expect.poll(() => page.locator('[data-keeps="true"]').count()).toBe(5);
  expect(await left(page, 'Black')).toEqual({ score: expect.closeTo(1.8, 0), verdict: 'takes it away' });

  const width = page.getByRole('slider', { name: 'Width of the blur' });
  const scores: number[] = [];
  for (let pixels = 7; pixels <= 13; pixels += 2) {
    await expect.poll(() => width.inputValue()).toBe(String(pixels));
    const before = scores.at(-1) ?? 100;
    await expect.poll(async () => (await left(page, 'Blur')).score).toBeLessThan(before);
    scores.push((await left(page, 'Blur')).score);
    await width.press('ArrowRight');
  }
  expect(scores[0]).toBeCloseTo(98.9, 0);
  expect(scores[3]).toBeLessThan(50);

  const again = await visit(new URL(page.url()).hash);
  await expect.poll(() => again.page.getByRole('slider', { name: 'Width of the blur' }).inputValue()).toBe('15');
  await expect
    .poll(async () => (await left(again.page, 'Blur')).score)
    .toBeCloseTo((await left(page, 'Blur')).score, 1);
  expect(complaints).toEqual([]);
});

test('another baseline gives another mask, and one that keeps the answer gives none', async () => {
  const { page, complaints } = await visit('#/tour/baseline', { height: 1400 });
  const explain = page.getByRole('button', { name: /^Explain with/ });
  await explain.click();
  const black = await found(page, 'Black');
  expect(black.area).toBeGreaterThan(15);
  expect(black.score).toBeLessThan(5);

  await page.getByRole('radio', { name: 'Blur', exact: true }).check();
  await explain.click();
  const blur = await found(page, 'Blur, 7 pixels');
  expect(blur.area).not.toBe(black.area);
  expect(await page.locator('.found-masks').innerText()).toContain('Even the baseline alone scores 75%');
  expect(await page.locator('.found-masks .baseline').count()).toBe(2);
  expect(new URL(page.url()).hash).toContain('baseline=blur');

  await page.getByLabel('Picture', { exact: true }).selectOption('8');
  await expect.poll(() => page.locator('.found-masks .baseline').count()).toBe(0);
  await expect.poll(async () => (await left(page, 'Blur')).score).toBeCloseTo(98.9, 0);
  await explain.click();
  expect(await found(page, 'Blur, 7 pixels')).toEqual({ area: 0, score: 100 });
  expect(await page.locator('.found-masks').innerText()).toContain('Nothing is removed');

  await page.getByRole('link', { name: 'Next The gradient' }).click();
  await page.getByRole('slider', { name: 'Share of the picture' }).fill('0');
  await expect.poll(() => page.locator('.mixture .meter output').textContent()).toBe('98.9%');
  expect(complaints).toEqual([]);
});

test('a blur that no picture of this size can have is told in words, and a usable one mends it', async () => {
  const { page, complaints } = await visit('#/tour/baseline?blur-size=201');
  await expect
    .poll(() => page.locator('.progress').allInnerTexts())
    .toContainEqual(expect.stringContaining('past the side'));
  await page.getByRole('slider', { name: 'Width of the blur' }).fill('7');
  await expect.poll(() => left(page, 'Blur')).toMatchObject({ score: expect.closeTo(75.1, 0) });
  expect(await page.locator('.progress').allInnerTexts()).not.toContainEqual(expect.stringContaining('past the side'));
  const { page: even } = await visit('#/tour/baseline?blur-size=8');
  await expect.poll(() => even.locator('.notice').textContent()).toContain('blur-size');
  expect(complaints).toEqual([]);
});

test('photos have their baselines, too', async () => {
  const { page, complaints } = await visit('#/tour/baseline?model=efficientnet-lite0');
  await expect.poll(() => left(page, 'Mixed'), { timeout: 50_000 }).toMatchObject({ verdict: 'takes it away' });
  expect(await left(page, 'Blur')).toEqual({ score: expect.closeTo(0, 0), verdict: 'takes it away' });
  expect(await left(page, 'Median')).toMatchObject({ verdict: 'keeps the answer' });
  expect(complaints).toEqual([]);
});

test('the question can be answered, and the chapter has no barrier in either language', async () => {
  const { page } = await visit('#/tour/baseline');
  await expectAnswers(page, { wrong: 'The strokes of the 8', right: 'An empty one' });
  await page.getByRole('button', { name: /^Explain with/ }).click();
  await found(page, 'Black');
  await expectAccessibleInBoth(page);
});
