import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, type Plugin } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { complaintsOf, playgroundFolder } from '../../support/playground.ts';
import { type StaticServer, serveFolder } from '../../support/static-server.ts';

const dist = join(playgroundFolder, 'dist');
let browser: Browser;
let server: StaticServer;
let context: BrowserContext;

beforeAll(async () => {
  browser = await chromium.launch(inject('launchOptions'));
});
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await serveFolder(dist, '/some/folder/');
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

async function open(hash: string): Promise<{ page: Page; complaints: readonly string[] }> {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(server.address + hash);
  return { page, complaints };
}

/** The network goes off: for the page, for its workers, and at the other end, too. */
async function switchOff(): Promise<void> {
  await context.setOffline(true);
  await server.close();
}

const score = (page: Page) => page.locator('.meter output').first().textContent();

/** What is kept, as path and revision. */
function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const folder = new URL('./', location.href).href;
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url.slice(folder.length));
  });
}

/** The list that a build wrote into its service worker. */
function listOf(folder: string): { readonly atOnce: readonly string[]; readonly onceUsed: readonly string[] } {
  const [line = ''] = readFileSync(join(folder, 'service-worker.js'), 'utf8').split('\n');
  const { atOnce, onceUsed } = JSON.parse(line.slice('const kept = '.length, -1));
  const keys = (files: Readonly<Record<string, string>>) => Object.entries(files).map(([path, at]) => `${path}?${at}`);
  return { atOnce: keys(atOnce), onceUsed: keys(onceUsed) };
}

const lite0Link = '#/tour/hiding-parts?model=efficientnet-lite0&picture=cat';

const isReady = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.ready).active !== null);

test('from a plain server in a subfolder: after the first visit all that is small works with the network off', async () => {
  const first = await open('');
  await expect.poll(() => first.page.locator('.bars tr').first().textContent()).toContain('7');
  expect(await isReady(first.page)).toBe(true);
  const small = listOf(dist).atOnce.toSorted();
  await expect.poll(async () => (await keptFiles(first.page)).toSorted()).toEqual(small);
  expect(first.complaints).toEqual([]);
  await first.page.close();
  await switchOff();

  const { page, complaints } = await open('#/tour/hiding-parts?picture=3');
  await expect.poll(() => page.locator('.meter label').first().textContent()).toContain('3');
  const before = await score(page);
  await page.locator('.painter button').nth(62).focus();
  for (let row = 0; row < 6; row++) for (const key of ['Space', 'ArrowDown']) await page.keyboard.press(key);
  await expect.poll(() => score(page)).not.toBe(before);
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(complaints).toEqual([]);
});

test('the large network is kept once it was used, even by the first link, and nothing more than that', async () => {
  const first = await open(lite0Link);
  await expect.poll(() => score(first.page)).toMatch(/\d%$/);
  const seen = await score(first.page);
  const used = listOf(dist).onceUsed.filter((key) => /^models\/efficientnet-lite0\/|cat\.jpg/.test(key));
  const all = [...listOf(dist).atOnce, ...used].toSorted();
  await expect.poll(async () => (await keptFiles(first.page)).toSorted()).toEqual(all);
  expect(await isReady(first.page)).toBe(true);
  await first.page.close();
  await switchOff();

  const { page } = await open(lite0Link);
  await expect.poll(() => score(page)).toBe(seen);
  await page.getByLabel('Picture', { exact: true }).selectOption('dog');
  await expect.poll(() => page.locator('.progress').textContent()).toContain('That did not work');
  await page.getByLabel('Picture', { exact: true }).selectOption('cat');
  await expect.poll(() => score(page)).toBe(seen);
});

/** The page as it would be built tomorrow, with another script and another photo of the cat. */
async function buildNewer(folder: string): Promise<void> {
  const change: Plugin = {
    name: 'change',
    transformIndexHtml: (html) => html.replace('<head>', '<head><meta name="newer" />'),
    generateBundle(_, bundle) {
      const photo = bundle['models/photos/cat.jpg'];
      if (photo?.type === 'asset') photo.source = Buffer.concat([Buffer.from(photo.source), Buffer.of(0)]);
    },
  };
  vi.stubEnv('NODE_ENV', 'production'); // Vitest's own would make it a page for development
  await build({
    root: playgroundFolder,
    logLevel: 'error',
    plugins: [change],
    build: { outDir: folder, rollupOptions: { output: { entryFileNames: 'assets/newer-[hash].js' } } },
  });
  vi.unstubAllEnvs();
}

test('a newer build is shown at the next visit, and takes the place of the older one', async () => {
  const newer = mkdtempSync(join(tmpdir(), 'igos-newer-'));
  await buildNewer(newer);
  const { atOnce, onceUsed } = listOf(newer);
  const used = onceUsed.filter((key) => /^models\/efficientnet-lite0\/|cat\.jpg/.test(key));
  const changed = [...atOnce, ...used].filter(
    (key) => ![...listOf(dist).atOnce, ...listOf(dist).onceUsed].includes(key),
  );
  const names = changed.map((key) => key.replace(/[-?].*/, ''));
  expect(names).toEqual(expect.arrayContaining(['', 'assets/newer', 'models/photos/cat.jpg']));

  const first = await open(lite0Link);
  await expect.poll(() => score(first.page)).toMatch(/\d%$/);
  const seen = await score(first.page);
  await expect.poll(async () => (await keptFiles(first.page)).length).toBe(atOnce.length + used.length);
  await isReady(first.page);
  await first.page.close();

  server.replace(newer);
  const second = await open(lite0Link);
  expect(await second.page.locator('meta[name="newer"]').count()).toBe(1);
  const hasNewer = () => navigator.serviceWorker.ready.then(({ waiting }) => waiting?.state === 'installed');
  await expect.poll(() => second.page.evaluate(hasNewer)).toBe(true);
  await expect.poll(() => keptFiles(second.page)).toEqual(expect.arrayContaining(changed));
  expect(second.complaints).toEqual([]);
  await second.page.close();
  await switchOff();

  const third = await open(lite0Link);
  expect(await third.page.locator('meta[name="newer"]').count()).toBe(1);
  await expect.poll(() => score(third.page)).toBe(seen);
  await expect.poll(async () => (await keptFiles(third.page)).toSorted()).toEqual([...atOnce, ...used].toSorted());
  expect(third.complaints).toEqual([]);
  rmSync(newer, { recursive: true });
});

test.each([
  ['has no service workers', () => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')],
  [
    'refuses them',
    () => {
      ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'));
    },
  ],
])('a browser that %s shows the page without a word about it', async (_, prepare) => {
  await context.addInitScript(prepare);
  const { page, complaints } = await open('#/tour/hiding-parts');
  await expect.poll(() => score(page)).toBe('100.0%');
  await page.getByLabel('Picture', { exact: true }).selectOption('3');
  await expect.poll(() => page.locator('.meter label').first().textContent()).toContain('3');
  expect(complaints).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});
