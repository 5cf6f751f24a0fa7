import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** How far down a part of the page reaches, in pixels of the window. */
async function bottomOf(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  return box ? box.y + box.height : Number.NaN;
}

/** What a lecturer turns, and what the room looks at, by chapter. */
const seenAtOnce = {
  'what-it-sees': ['.subject', '.picture canvas'],
  'hiding-parts': ['.painter', '.meter'],
  gradient: ['.mixture input', '.mixture + .chart svg'],
  path: ['.film', '.trio canvas'],
  'line-search': ['.chart svg', '.searched .control:nth-child(4)'],
  'whole-loop': ['.player', '.three canvas', '.algorithm li:nth-child(3)'],
};

test.each(Object.entries(seenAtOnce))(
  'on a projector of 1024 × 768, %s shows its figure with its controls as it opens',
  async (slug, parts) => {
    for (const lang of ['en', 'zh']) {
      const { page } = await visit(`#/tour/${slug}?lang=${lang}`, { width: 1024, height: 768 });
      for (const part of parts)
        await expect.poll(() => bottomOf(page, part), { message: part }).toBeLessThanOrEqual(768);
      expect(await page.evaluate(() => scrollY)).toBe(0);
      await page.close();
    }
  },
);

test('while the four methods of the last chapter are scrolled through, the player stays', async () => {
  const { page } = await visit('#/tour/is-it-true', { width: 1024, height: 768 });
  await page.locator('.contestant').last().locator('.chart').scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
  const player = await page.locator('.replay').boundingBox();
  expect(player!.y).toBeGreaterThanOrEqual(0);
  expect(player!.y).toBeLessThan(60);
});
