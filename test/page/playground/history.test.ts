import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

const hash = (page: Page) => new URL(page.url()).hash;
const heading = (page: Page) => page.locator('h1').textContent();
const picture = (page: Page) => page.getByLabel('Picture', { exact: true }).inputValue();
const step = (page: Page) => page.getByLabel('First step').getAttribute('aria-valuetext');

test('Back undoes what was changed since a link was opened, all of it at once, and Forward brings it again', async () => {
  const { page, complaints } = await visit('#/tour/line-search?picture=4');
  await page.getByLabel('Picture', { exact: true }).selectOption('9');
  for (const _ of [1, 2, 3]) await page.getByLabel('First step').press('ArrowLeft');
  await expect.poll(() => hash(page)).toBe('#/tour/line-search?picture=9&step=20');

  await page.goBack();
  await expect.poll(() => picture(page)).toBe('4');
  expect(await step(page)).toBe('200');
  expect(hash(page)).toBe('#/tour/line-search?picture=4');
  expect(await heading(page)).toBe('The line search');

  await page.goForward();
  await expect.poll(() => picture(page)).toBe('9');
  expect(await step(page)).toBe('20');
  expect(complaints).toEqual([]);
});

test('Back from another chapter shows the one before as it was left, then as it was come to', async () => {
  const { page, complaints } = await visit('#/tour/loss');
  const contents = page.getByRole('navigation', { name: 'Contents' });
  await contents.getByRole('link', { name: 'The line search' }).click();
  await expect.poll(() => heading(page)).toBe('The line search');
  await page.getByLabel('Picture', { exact: true }).selectOption('9');
  await contents.getByRole('link', { name: 'The gradient' }).click();
  await expect.poll(() => heading(page)).toBe('The gradient');
  expect(await picture(page)).toBe('9'); // goes along

  for (const seen of ['The line search: 9', 'The line search: 7', 'The loss: 7']) {
    await page.goBack();
    await expect.poll(async () => `${await heading(page)}: ${await picture(page)}`).toBe(seen);
  }
  expect(complaints).toEqual([]);
});

test('a link that was just followed is not undone by a change that comes before it is read', async () => {
  const { page } = await visit('#/tour/loss');
  await expect.poll(() => picture(page)).toBe('7');
  await page.evaluate(() => {
    location.hash = '#/tour/gradient';
    const select = document.querySelector<HTMLSelectElement>('select[id$="-picture"]')!;
    select.value = '9';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect.poll(() => heading(page)).toBe('The gradient');
  expect(hash(page)).toBe('#/tour/gradient');
  expect(await picture(page)).toBe('7');
});

test('a link that is written anew on arrival leaves no entry to be caught in', async () => {
  const { page } = await visit('#/tour/loss?picture=3');
  await page.evaluate(() => {
    location.hash = '#/tour/gradient?step=none&picture=3'; // the page writes a shorter one
  });
  await expect.poll(() => hash(page)).toBe('#/tour/gradient?picture=3');
  await page.goBack();
  await expect.poll(() => hash(page)).toBe('#/tour/loss?picture=3');
  await expect.poll(() => heading(page)).toBe('The loss');
});
