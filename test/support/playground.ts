import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, inject } from 'vitest';

export const playgroundFolder = new URL('../../packages/playground', import.meta.url).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  readonly page: Page;
  /** Errors of the page and of its console so far. */
  readonly complaints: readonly string[];
}

interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  /** Changes what the page will find, before it is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Serves the built page for the tests of a file; gives a function that visits a link of it, `#/tour/gradient?model=digits`. */
export function servePlayground(): (hash: string, options?: VisitOptions) => Promise<Visit> {
  let server: PreviewServer | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await preview({ root: playgroundFolder, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
    browser = await chromium.launch(inject('launchOptions'));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return async (hash, { width = 1024, height = 768, prepare } = {}) => {
    if (!server || !browser) throw new Error('the server has not begun yet: visit inside of a test');
    // what a service worker keeps for later would only keep the tests waiting; offline.test.ts has one
    const page = await browser.newPage({ viewport: { width, height }, serviceWorkers: 'block' });
    const complaints = complaintsOf(page);
    await prepare?.(page);
    await page.goto(`${server.resolvedUrls?.local[0] ?? ''}${hash}`);
    // The page has drawn itself, and what comes after the tour has come.
    await page.waitForSelector('main h1');
    await page.waitForSelector('article > .progress[aria-busy]', { state: 'detached' });
    return { page, complaints };
  };
}

/** Errors of the page and of its console, from now on. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** Fails with what axe finds: each rule that is broken, and where. `link` names the page where a test visits several. */
export async function expectAccessible(page: Page, link = ''): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    return (await run()).violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join('\n  '));
  });
  expect(violations, link).toEqual([]);
}

/** Answers the question of a chapter wrongly, then rightly, by the labels of the answers; each says what it is. */
export async function expectAnswers(
  page: Page,
  {
    wrong,
    right,
    wrongSays = /^Not quite\./,
  }: { readonly wrong: string; readonly right: string; readonly wrongSays?: RegExp },
): Promise<void> {
  const said = page.locator('.question [role="status"]');
  await page.getByLabel(wrong).check();
  await expect.poll(() => said.textContent()).toMatch(wrongSays);
  await page.getByLabel(right).check();
  await expect.poll(() => said.textContent()).toMatch(/^Right\./);
}

/** Nothing that axe finds as the page is, in English with light colours; then with dark ones; then in Chinese with both. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  await expectAccessible(page, 'English, light');
  await page.getByLabel('Colours', { exact: true }).selectOption('dark');
  await expectAccessible(page, 'English, dark');
  await page.getByLabel('Language', { exact: true }).selectOption('zh');
  await expectAccessible(page, 'Chinese, dark');
  await page.getByLabel('配色', { exact: true }).selectOption('light');
  await expectAccessible(page, 'Chinese, light');
}

/** What is told of a failure, by parts of it in each language. */
export interface Told {
  readonly en: readonly (string | RegExp)[];
  readonly zh: readonly (string | RegExp)[];
}

/** The page tells this in English, and in the other language as soon as that is chosen, with no English left but what is quoted. */
export async function expectToldInBoth(told: Locator, { en, zh }: Told): Promise<void> {
  const page = told.page();
  const text = async () => (await told.textContent()) ?? '';
  const expectParts = async (parts: Told['en']) => {
    await expect.poll(text, { timeout: 40_000 }).toMatch(parts[0] ?? '');
    for (const part of parts) expect(await text()).toMatch(part);
  };
  await expectParts(en);
  await page.getByLabel('Language', { exact: true }).selectOption('zh');
  await expectParts(zh);
  const quoted = await told.locator('[lang="en"]').allTextContents();
  const own = quoted.reduce((rest, quote) => rest.replace(quote, ''), await text());
  expect(own).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i);
  await page.getByLabel('语言', { exact: true }).selectOption('en');
  await expectParts(en);
}
