import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { complaintsOf, playgroundFolder } from '../../support/playground.ts';
import { type StaticServer, serveFolder } from '../../support/static-server.ts';

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  browser = await chromium.launch(inject('launchOptions'));
  server = await serveFolder(join(playgroundFolder, 'dist'), '/');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('the first chapter needs less than 300 kB, compressed', async () => {
  const page = await browser.newPage({ serviceWorkers: 'block' }); // what is kept for later comes after this
  const complaints = complaintsOf(page);
  await page.goto(server.address, { waitUntil: 'networkidle' });
  await expect.poll(() => page.locator('.bars tr').first().textContent()).toContain('7');
  const sizes = server.sent.map(({ path, body }) => [path, gzipSync(body, { level: 9 }).length] as const);
  const paths = sizes.map(([path]) => path);
  for (const needed of ['index.html', 'models/digits/group1-shard1of1.bin', 'models/digits/samples/7.png'])
    expect(paths).toContain(needed);
  expect(paths.filter((path) => /^assets\/worker.*\.js$/.test(path))).toHaveLength(1);
  expect(
    sizes.reduce((sum, [, bytes]) => sum + bytes, 0),
    sizes.join('\n'),
  ).toBeLessThan(300_000);
  expect(complaints).toEqual([]);
});
