import { type Browser, chromium } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { complaintsOf, playgroundFolder } from '../../support/playground.ts';

let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  server = await createServer({ root: playgroundFolder, logLevel: 'error', server: { host: '127.0.0.1', port: 0 } });
  await server.listen();
  browser = await chromium.launch(inject('launchOptions'));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('the page runs from its sources, with its styles, isolated, and keeps nothing for later', async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${server.resolvedUrls?.local[0]}#/tour/hiding-parts`);
  await expect.poll(() => page.locator('.meter output').first().textContent()).toBe('100.0%');
  const facts = await page.evaluate(async () => ({
    layout: getComputedStyle(document.querySelector('#page') ?? document.body).display,
    isolated: crossOriginIsolated,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(facts).toEqual({ layout: 'grid', isolated: true, workers: 0 });
  expect(complaints).toEqual([]);
});

test('code of the workbench runs from the sources, too', async () => {
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${server.resolvedUrls?.local[0]}#/workbench?example=by-hand`);
  const verdict = page.locator('.check [role="status"]');
  await expect.poll(() => verdict.textContent(), { timeout: 30_000 }).toContain('Right');
  expect(complaints).toEqual([]);
});
