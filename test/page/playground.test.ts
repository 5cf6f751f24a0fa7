import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

const folder = new URL('../../packages/playground', import.meta.url).pathname;

let server: Awaited<ReturnType<typeof preview>>;
let browser: Awaited<ReturnType<typeof chromium.launch>>;

beforeAll(async () => {
  server = await preview({ root: folder, logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  browser = await chromium.launch(inject('launchOptions'));
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('the built page loads under its content policy and names the project', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');

  expect(await page.title()).toBe('I-GOS');
  expect(await page.locator('h1').textContent()).toBe('I-GOS');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(complaints).toEqual([]);
});
