import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** The table of the two runs, once both have ended. */
async function numbersOf(page: Page, timeout = 20_000) {
  await expect.poll(() => page.locator('.verdict').textContent(), { timeout }).not.toBe('');
  const rows = await page
    .locator('.numbers tbody tr')
    .evaluateAll((found) => found.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')));
  const [scores, areas, deletions, insertions] = rows.map((row) => row.map(Number.parseFloat));
  const run = (i: number) => ({
    ...{ score: scores![i]!, area: areas![i]!, deletion: deletions![i]!, insertion: insertions![i]! },
  });
  return { guarded: run(0), bare: run(1), verdict: (await page.locator('.verdict').textContent()) ?? '' };
}

const sides = (page: Page) => page.locator('.duel h2 small').allTextContents();

describe('the digit 7', () => {
  test('shows deletion fall while insertion does not rise', async () => {
    const { page, complaints } = await visit('#/tour/adversarial');
    const { guarded, bare, verdict } = await numbersOf(page);
    expect(await sides(page)).toEqual(['14 × 14 cells', '28 × 28 cells']);
    expect(bare.deletion).toBeLessThan(0.5 * guarded.deletion);
    expect(Math.abs(bare.insertion - guarded.insertion)).toBeLessThan(0.01);
    expect(verdict).toContain('insertion does not rise');
    expect([guarded.score, bare.score].every((score) => score < 1)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('each switch changes the second run alone, and the link holds it', async () => {
    const { page } = await visit('#/tour/adversarial');
    const before = await numbersOf(page);
    for (const name of ['L1', 'TV', 'noise']) {
      await page.getByLabel(name, { exact: true }).check();
      await expect.poll(() => new URL(page.url()).hash).toContain(`bare-${name.toLowerCase()}=on`);
    }
    await page.getByLabel('a cell for each pixel').uncheck();
    await expect.poll(() => sides(page)).toEqual(['14 × 14 cells', '14 × 14 cells']);
    // with everything given back the second run is the first
    const same = await numbersOf(page);
    expect(same.bare).toEqual(same.guarded);
    expect(same.guarded).toEqual(before.guarded);
    expect(same.verdict).toContain('Deletion does not fall');

    const again = await visit(new URL(page.url()).hash);
    expect(await again.page.getByLabel('TV', { exact: true }).isChecked()).toBe(true);
    expect(await numbersOf(again.page)).toEqual(same);
  });

  test('L1 and TV of other chapters do not unguard the first run', async () => {
    const { page } = await visit('#/tour/adversarial?l1=0&tv=0&mask-size=28');
    const set = await numbersOf(page);
    const plain = await numbersOf((await visit('#/tour/adversarial')).page);
    expect(set).toEqual(plain);
  });
});

test('the espresso shows a mask that breaks the score and holds nothing; TV alone brings the evidence back', async () => {
  // a short run: it shows the same
  const { page, complaints } = await visit('#/tour/adversarial?iterations=5&ig-steps=5');
  await numbersOf(page);
  await page.getByRole('button', { name: 'Show the espresso' }).click();
  await expect.poll(() => sides(page), { timeout: 60_000 }).toEqual(['28 × 28 cells', '224 × 224 cells']);
  const { guarded, bare } = await numbersOf(page, 60_000);
  expect(guarded.insertion).toBeGreaterThan(0.4);
  expect(bare.insertion).toBeLessThan(0.22);
  expect(bare.deletion).toBeLessThan(0.04);
  expect(guarded.deletion).toBeLessThan(0.05);
  // the score is gone with a fraction of the area
  expect(bare.score).toBeLessThan(1);
  expect(bare.area).toBeLessThan(0.5 * guarded.area);

  await page.getByLabel('TV', { exact: true }).check();
  await expect.poll(() => page.locator('.verdict').textContent()).toBe('');
  const given = await numbersOf(page, 60_000);
  expect(given.guarded).toEqual(guarded);
  expect(given.bare.insertion).toBeGreaterThan(bare.insertion + 0.2);
  expect(complaints).toEqual([]);
}, 180_000);

test('on most digits insertion rises instead, as the text says, and the page says so', async () => {
  const rises: string[] = [];
  for (const picture of ['7', '0', '1', '2', '3', '4', '5', '6', '8', '9']) {
    const { page } = await visit(`#/tour/adversarial?picture=${picture}`);
    const { guarded, bare } = await numbersOf(page);
    if (bare.insertion - guarded.insertion > 0.01) rises.push(picture);
    await page.close();
  }
  expect(rises.length).toBe(7);
});

test('the question can be answered, and the chapter has no barrier in either language', async () => {
  const { page, complaints } = await visit('#/tour/adversarial?theme=light');
  await numbersOf(page);
  await expectAnswers(page, {
    wrong: 'A very good explanation',
    right: 'An adversarial mask',
    wrongSays: /^Not quite\. The score falls/,
  });
  await expectAccessibleInBoth(page);
  expect(complaints).toEqual([]);
});

test('a phone shows all of it without scrolling sideways', async () => {
  const { page } = await visit('#/tour/adversarial', { width: 360, height: 740 });
  await numbersOf(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
