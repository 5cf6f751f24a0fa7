import type { Page } from 'playwright-core';

/** Links to everything in the page's contents, in reading order, without settings: `#/tour/gradient`. */
export async function placesOf(page: Page): Promise<string[]> {
  const links = page.locator('nav.contents a');
  await links.first().waitFor();
  const hrefs = await links.evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute('href') ?? ''));
  return hrefs.map((href) => href.replace(/\?.*/, ''));
}

/** Milliseconds without a change after which a page is taken to be complete, and those after which it never will be. */
const quiet = 250;
const longest = 15_000;

/** Waits until the page has nothing to load and what it says stays as it is. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    ({ quiet }) => {
      const said = document.querySelector('main')?.textContent ?? '';
      const seen = globalThis as { said?: string; since?: number };
      const isLoading = [...document.querySelectorAll('.progress')].some(({ textContent }) => textContent !== '');
      if (said === '' || isLoading || said !== seen.said) Object.assign(seen, { said, since: performance.now() });
      return performance.now() - (seen.since ?? 0) > quiet;
    },
    { quiet },
    { timeout: longest },
  );
}
