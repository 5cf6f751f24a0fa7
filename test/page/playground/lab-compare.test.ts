import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { download, explain, fact, setting } from '../../support/lab-page.ts';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** A row of the table of two runs. */
async function row(page: Page, name: string): Promise<string[]> {
  return page.locator(`.beside [data-name="${name}"] td`).allTextContents();
}

function values(npy: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(npy.subarray(npy.readUInt16LE(8) + 10)).buffer);
}

test('two runs stand side by side, with what differs and by how much', async () => {
  const { page, complaints } = await visit('#/lab?picture=6&iterations=3');
  await explain(page);
  const [first, area] = [values(await download(page, 'saliency.npy')), await fact(page, 'area')];
  await page.getByRole('button', { name: 'Pin this result to compare' }).click();
  await (await setting(page, 'Weight of L1')).fill('0.02');
  await (await setting(page, 'Baseline')).selectOption('mean');
  await explain(page);
  const second = values(await download(page, 'saliency.npy'));

  const [before, after, change] = await row(page, 'area');
  expect(before).toBe(area);
  expect(after).toBe(await fact(page, 'area'));
  const share = (text = '') => Number.parseFloat(text) / 100;
  expect(Number(change)).toBeCloseTo(share(after) - share(before), 2);
  expect(await page.locator('.differs dd').allTextContents()).toEqual([
    '--baseline black',
    '--l1 0.02 --baseline mean',
  ]);

  const drawn = await page
    .locator('.lab section[aria-labelledby="lab-compare"] canvas')
    .nth(2)
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i] ?? 0) - (data[4 * i + 2] ?? 0));
    });
  expect(drawn.length).toBe(784);
  for (const [i, more] of drawn.entries()) {
    const difference = second[i]! - first[i]!;
    // orange has more red than blue, blue less; near 0 the colours are as good as white
    if (Math.abs(difference) > 0.01) expect(Math.sign(more), `pixel ${i}`).toBe(Math.sign(difference));
  }
  await page.getByRole('button', { name: 'Let the pinned one go' }).click();
  expect(await page.locator('.beside').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('pictures of different sizes have no difference, and the page says so', async () => {
  const { page } = await visit('#/lab?iterations=1&method=random');
  await explain(page);
  await page.getByRole('button', { name: 'Pin this result to compare' }).click();
  await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
  await explain(page);
  await expect
    .poll(() => page.locator('section[aria-labelledby="lab-compare"]').textContent())
    .toContain('different sizes');
  expect((await row(page, 'before')).length).toBe(3);
});
