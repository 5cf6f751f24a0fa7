import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, expect, inject, test } from 'vitest';
import { complaintsOf } from '../../support/playground.ts';

const binary = join(import.meta.dirname, '../../../packages/cli/bin/igos.js');
let program: ChildProcess | undefined;

afterAll(() => program?.kill());

test('the page that igos playground serves computes, with memory that threads can share', async () => {
  program = spawn(process.execPath, [binary, 'playground', '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(program.stdout!.setEncoding('utf8'), 'data');
  const browser = await chromium.launch(inject('launchOptions'));
  const page = await browser.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${address.trim()}#/tour/hiding-parts?model=efficientnet-lite0`);
  await expect.poll(() => page.locator('.meter output').first().textContent()).toMatch(/^9\d\.\d%$/);
  expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([true, 'function']);
  expect(complaints).toEqual([]);
  await browser.close();
});
