import { expect, test } from 'vitest';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

test('the built page loads under its content policy, and begins with the first chapter', async () => {
  const { page, complaints } = await visit('');

  await expect.poll(() => page.title()).toBe('What the network sees · I-GOS');
  expect(await page.locator('h1').textContent()).toBe('What the network sees');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect.poll(() => page.locator('.bars tr').first().textContent()).toMatch(/^7\s*9\d\.\d%|^7\s*100\.0%/);
  expect(complaints).toEqual([]);
});

test('what a link says wrongly is told, and the rest of it holds', async () => {
  const { page } = await visit('#/tour/hiding-parts?model=none&picture=3&step=-1&lang=zh');
  await expect.poll(() => page.locator('.notice').textContent()).toContain('model, step');
  expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  await expect.poll(() => page.locator('.meter label').first().textContent()).toContain('3');
});
