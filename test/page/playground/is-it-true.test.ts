import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessibleInBoth, expectAnswers, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();
const methods = ['I-GOS', 'Integrated gradients', 'Gradient', 'Random mask'] as const;

/** Both areas of every method, once the table is full. */
async function areasOf(page: Page, timeout = 20_000) {
  const rows = page.locator('.areas tbody tr');
  await expect.poll(() => rows.last().locator('td').last().textContent(), { timeout }).toMatch(/\d/);
  await expect.poll(() => rows.first().locator('td').last().textContent(), { timeout }).toMatch(/\d/);
  const numbers = await rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent?.replace('best', '')))),
  );
  return Object.fromEntries(
    methods.map((name, i) => [name, { deletion: numbers[i]![0]!, insertion: numbers[i]![1]! }]),
  );
}

/** How bright the two pictures of a method are: the digits are white on a black baseline. */
function brightness(page: Page, method: string): Promise<number[]> {
  const pictures = page
    .locator('.contestant')
    .filter({ has: page.getByRole('heading', { name: method, exact: true }) });
  return pictures.locator('canvas').evaluateAll((canvases) =>
    (canvases as HTMLCanvasElement[]).map((canvas) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : value), 0);
    }),
  );
}

const toStep = (page: Page, step: number) => page.getByRole('slider').fill(String(step));

/** The scores under the two pictures of a method, in per cent. */
async function scores(page: Page, method: string): Promise<number[]> {
  const card = page.locator('.contestant').filter({ has: page.getByRole('heading', { name: method, exact: true }) });
  const captions = await card.locator('.picture figcaption').allTextContents();
  return captions.map((text) => Number(/: ([\d.]+)%$/.exec(text)?.[1]));
}

test('the table tells the methods apart, and hides no defeat', async () => {
  const { page, complaints } = await visit('#/tour/is-it-true');
  const seven = await areasOf(page);
  const { 'I-GOS': igos, 'Integrated gradients': ig, Gradient: gradient, 'Random mask': random } = seven;
  expect(random!.deletion).toBeGreaterThan(gradient!.deletion + 0.1);
  expect(gradient!.deletion).toBeGreaterThan(igos!.deletion + 0.1);
  expect(random!.insertion).toBeLessThan(gradient!.insertion - 0.05);
  expect(gradient!.insertion).toBeLessThan(igos!.insertion - 0.05);
  // what the text says of the digit 7: one map without any optimization has the better areas
  expect(ig!.deletion).toBeLessThan(igos!.deletion);
  expect(ig!.insertion).toBeGreaterThan(igos!.insertion);
  const best = page.locator('.areas tbody tr', { hasText: 'best' });
  expect(await best.count()).toBe(1);
  expect(await best.locator('th').textContent()).toBe('Integrated gradients');

  // and of the digit 3: there the same map leaves the score up
  await page.getByLabel('Picture', { exact: true }).selectOption('3');
  await expect.poll(async () => (await areasOf(page))['I-GOS']!.deletion).not.toBe(igos!.deletion);
  const three = await areasOf(page);
  expect(three['Integrated gradients']!.deletion).toBeGreaterThan(5 * three['I-GOS']!.deletion);
  expect(complaints).toEqual([]);
});

test('on the espresso integrated gradients are hardly better than chance at insertion, and I-GOS is', async () => {
  const { page, complaints } = await visit(
    '#/tour/is-it-true?model=efficientnet-lite0&picture=espresso&iterations=5&ig-steps=5',
  );
  const { 'I-GOS': igos, 'Integrated gradients': ig, 'Random mask': random } = await areasOf(page, 60_000);
  expect(ig!.insertion).toBeLessThan(random!.insertion + 0.05);
  expect(igos!.insertion).toBeGreaterThan(random!.insertion + 0.2);
  expect(complaints).toEqual([]);
}, 120_000);

describe('deletion and insertion', () => {
  test('are only played: neither the slider nor the language runs the methods again', async () => {
    const { page } = await visit('#/tour/is-it-true');
    await areasOf(page);
    await page.locator('.areas tbody').evaluate((body) => {
      const watch = new MutationObserver(() => {
        if (body.textContent?.includes('–')) document.body.dataset.again = 'true';
      });
      watch.observe(body, { subtree: true, childList: true, characterData: true });
    });
    for (const step of [10, 20]) await toStep(page, step);
    await page.getByLabel('Language').selectOption('zh');
    await page.getByLabel('图片', { exact: true }).waitFor();
    await page.getByRole('button', { name: '播放' }).click();
    await page.getByRole('button', { name: '暂停' }).click();
    await expect.poll(() => page.locator('.areas tbody th').nth(1).textContent()).toBe('积分梯度');
    await page.waitForFunction(() => document.querySelector('.judging')?.textContent === '');
    expect(await page.locator('body').getAttribute('data-again')).toBe(null);
  });

  test('take pixels away and bring them in, and the curves end where the slider is', async () => {
    const { page } = await visit('#/tour/is-it-true?replaced=0');
    await areasOf(page);
    const [whole = 0, nothing] = await brightness(page, 'I-GOS');
    expect(whole).toBeGreaterThan(50_000);
    expect(nothing).toBe(0);
    const [before = 0, after = 0] = await scores(page, 'I-GOS');
    expect(before).toBeGreaterThan(99);
    expect(after).toBeLessThan(10);

    await toStep(page, 10);
    const [left = 0, brought = 0] = await brightness(page, 'I-GOS');
    // whatever one picture has lost the other has gained
    expect(left + brought).toBe(whole);
    expect(left).toBeLessThan(0.75 * whole);
    expect((await scores(page, 'I-GOS'))[0]).toBeLessThan(5);
    expect((await scores(page, 'Random mask'))[0]).toBeGreaterThan(90);
    const drawn = await page.locator('.contestant polyline').first().getAttribute('points');
    expect(drawn!.split(' ').length).toBe(11);

    await toStep(page, 50);
    expect(await brightness(page, 'I-GOS')).toEqual([0, whole]);
    const [low = 0, high = 0] = await scores(page, 'I-GOS');
    expect([low, high]).toEqual([after, before]);
    expect(new URL(page.url()).hash).toContain('replaced=50');
  });

  test('play to the end by themselves, and can be paused', async () => {
    const { page } = await visit('#/tour/is-it-true?replaced=44');
    await areasOf(page);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => page.getByRole('slider').inputValue(), { timeout: 10_000 }).toBe('50');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await page.getByRole('slider').inputValue();
    expect(Number(stopped)).toBeLessThan(44);
    await expect.poll(() => new URL(page.url()).hash).toContain(`replaced=${stopped}`);
  });

  test('show single pictures to those who want nothing to move', async () => {
    const { page } = await visit('#/tour/is-it-true?replaced=20');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Play' }).click();
    const first = await page.waitForFunction(() => {
      const { value } = document.querySelector<HTMLInputElement>('.replay input')!;
      return value !== '20' && value;
    });
    expect(await first.jsonValue()).toBe('25');
    await page.getByRole('button', { name: 'Pause' }).click();
  });
});

test('the question can be answered, and the chapter has no barrier in either language', async () => {
  const { page, complaints } = await visit('#/tour/is-it-true?theme=light');
  await areasOf(page);
  await expectAnswers(page, {
    wrong: 'The mask of I-GOS is wrong',
    right: 'For putting the pixels',
    wrongSays: /^Not quite\. It is far better/,
  });
  await expectAccessibleInBoth(page);
  expect(complaints).toEqual([]);
});

test('a phone shows all of it without scrolling sideways', async () => {
  const { page } = await visit('#/tour/is-it-true', { width: 360, height: 740 });
  await areasOf(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
