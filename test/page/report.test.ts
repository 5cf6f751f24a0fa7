import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ReportInput, renderReport } from '../../packages/cli/src/report/html.ts';
import { dogReport } from '../support/report-fixture.ts';
import { integratedGradients, namedByAnEnemy, oneCellAborted } from '../support/report-variants.ts';

let browser: Browser;
let folder: string;
let dog: ReportInput;
/** What went wrong in the open page: errors, and requests beyond the file itself. */
let complaints: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch(inject('launchOptions'));
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  dog = await dogReport();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

async function open(input: ReportInput, look: BrowserContextOptions = {}): Promise<Page> {
  const address = pathToFileURL(join(folder, 'report.html')).href;
  await writeFile(join(folder, 'report.html'), renderReport(input));
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...look });
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => complaints.push(`dialog ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(`request ${request.url()}`);
  });
  await page.goto(address);
  await page.waitForFunction(() => document.getElementById('map-words')?.textContent !== '');
  return page;
}

/** RGBA of the middle of a canvas or picture, and a number that changes with any of its pixels. */
function pixels(page: Page, id: string): Promise<{ middle: number[]; sum: number }> {
  return page.evaluate((name) => {
    const shown = document.getElementById(name) as HTMLCanvasElement | HTMLImageElement;
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [shown.width, shown.height];
    if (shown instanceof HTMLImageElement) [sheet.width, sheet.height] = [shown.naturalWidth, shown.naturalHeight];
    const context = sheet.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
    context.drawImage(shown, 0, 0, sheet.width, sheet.height);
    const { data } = context.getImageData(0, 0, sheet.width, sheet.height);
    const at = 4 * (Math.floor(sheet.height / 2) * sheet.width + Math.floor(sheet.width / 2));
    return {
      middle: [...data.subarray(at, at + 4)],
      sum: data.reduce((sum, byte, i) => sum + byte * (1 + (i % 997)), 0),
    };
  }, id);
}

const iteration = (page: Page) => page.getByRole('slider', { name: 'Iteration' });

describe('the iterations', () => {
  test('the page opens at the last one', async () => {
    const page = await open(dog);
    expect(await iteration(page).inputValue()).toBe('15');
    expect(await page.locator('#masked-score').textContent()).toBe('0.6%');
    expect((await pixels(page, 'heat-canvas')).middle[3]).toBe(255);
  });

  test('arrow keys change both pictures, the figures, the words and the trials', async () => {
    const page = await open(dog);
    const before = { heat: await pixels(page, 'heat-canvas'), masked: await pixels(page, 'masked-canvas') };
    const words = await page.locator('#map-words').textContent();
    await iteration(page).focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowLeft');

    expect(await iteration(page).getAttribute('aria-valuetext')).toBe(
      'iteration 3 of 15, probability 0.2%, area replaced 33%',
    );
    expect((await pixels(page, 'heat-canvas')).sum).not.toBe(before.heat.sum);
    expect((await pixels(page, 'masked-canvas')).sum).not.toBe(before.masked.sum);
    expect(await page.locator('#map-words').textContent()).not.toBe(words);
    expect(await page.locator('.trials tbody:visible').allTextContents()).toEqual([
      expect.stringContaining('Iteration 3: step 40 accepted at trial 2'),
    ]);
    expect(await page.locator('#objective-title ~ .plot .follows-iteration').getAttribute('x')).toBe('20%');
  });

  test('at the start nothing is hot and the network sees the photo', async () => {
    const page = await open(dog);
    await iteration(page).press('Home');
    const photo = await pixels(page, 'photo');
    expect(await pixels(page, 'heat-canvas')).toEqual(photo);
    expect(await pixels(page, 'masked-canvas')).toEqual(photo);
  });

  test('play runs from the start to the end and stops there; pause holds it', async () => {
    const page = await open(oneCellAborted(dog));
    await page.getByRole('button', { name: 'Play the iterations' }).click();
    expect(await iteration(page).inputValue()).toBe('0');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForTimeout(900);
    expect(await iteration(page).inputValue()).toBe('0');
    await page.getByRole('button', { name: 'Play the iterations' }).click();
    await page.waitForFunction(() => (document.getElementById('iteration') as HTMLInputElement).value === '1');
    await page.getByRole('button', { name: 'Play the iterations' }).waitFor();
  });

  test('a click into the chart chooses one, the pointer reads its row', async () => {
    const page = await open(dog);
    const plot = page.locator('#objective-title ~ .plot');
    await plot.scrollIntoViewIfNeeded();
    const { width = 0 } = (await plot.boundingBox()) ?? {};
    await plot.click({ position: { x: 0.4 * width, y: 120 } });
    expect(await iteration(page).inputValue()).toBe('6');
    expect(await page.locator('#objective-title ~ .chart-readout').textContent()).toMatch(
      /^iteration 6 · objective 0\.0747/,
    );
  });

  test('all trials on demand', async () => {
    const page = await open(dog);
    await page.getByLabel('Show the trials of all iterations').check();
    expect(await page.locator('.trials tbody:visible').count()).toBe(16);
  });
});

describe('the colours', () => {
  test('opacity: at 0 the photo alone, at 100 the overlay', async () => {
    const page = await open(dog);
    const usual = await pixels(page, 'heat-canvas');
    const opacity = page.getByRole('slider', { name: 'Heat' });
    await opacity.press('End');
    expect((await pixels(page, 'heat-canvas')).sum).not.toBe(usual.sum);
    await opacity.press('Home');
    expect(await opacity.getAttribute('aria-valuetext')).toBe('0 percent');
    expect(await pixels(page, 'heat-canvas')).toEqual(await pixels(page, 'photo'));
  });

  test('unstretched, a weak map is pale and the scale runs from 0 to 1', async () => {
    const weak = dog.maps.grids.map((grid) => Float32Array.from(grid, (keep) => 0.8 + 0.1 * keep));
    const page = await open({ ...dog, maps: { ...dog.maps, grids: weak } });
    const stretched = await pixels(page, 'heat-canvas');
    expect(await page.locator('.scale').textContent()).toMatch(/^0\.1\D*0\.2$/);
    await page.getByLabel('Stretch colours to this map').uncheck();
    expect(await page.locator('.scale').textContent()).toBe('01');
    expect((await pixels(page, 'heat-canvas')).sum).not.toBe(stretched.sum);
  });
});

describe('other runs', () => {
  test('a method without iterations shows its map', async () => {
    const page = await open(integratedGradients(dog));
    expect((await pixels(page, 'heat-canvas')).sum).not.toBe((await pixels(page, 'photo')).sum);
    expect(await page.locator('#legend-low').textContent()).toBe('−1');
  });

  test('one cell: the photo melts into the baseline as a whole', async () => {
    const page = await open(oneCellAborted(dog));
    const [photo, baseline, masked] = await Promise.all(
      ['photo', 'baseline', 'masked-canvas'].map(async (id) => (await pixels(page, id)).middle),
    );
    const expected = photo?.map((byte, c) => 0.25 * byte + 0.75 * (baseline?.[c] as number));
    for (const [c, byte] of (expected ?? []).entries()) expect(masked?.[c]).toBeCloseTo(byte, -0.5);
  });

  test('hostile names run nothing', async () => {
    const page = await open(namedByAnEnemy(dog));
    expect(await page.locator('img:not([id])').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
  });
});

describe('any screen', () => {
  test.each([360, 800, 1600])('%i px wide: nothing sticks out and nothing moves while it loads', async (width) => {
    const page = await open(dog, { viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            resolve(list.getEntries().reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(0), 300);
        }),
    );
    expect(shift).toBeLessThan(0.005);
  });

  test('follows the reader’s theme', async () => {
    const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground(await open(dog, { colorScheme: 'light' }))).toBe('rgb(251, 250, 248)');
    expect(await ground(await open(dog, { colorScheme: 'dark' }))).toBe('rgb(21, 19, 23)');
    expect(await ground(await open(dog, { forcedColors: 'active', colorScheme: 'dark' }))).toBe('rgb(0, 0, 0)');
  });

  test('on paper every table is whole and no control is left', async () => {
    const page = await open(dog, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('.trials tbody:visible').count()).toBe(16);
    expect(await page.locator('input:visible, button:visible').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(251, 250, 248)');
  });

  test('without JavaScript the numbers are all there', async () => {
    await writeFile(join(folder, 'plain.html'), renderReport(dog));
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(pathToFileURL(join(folder, 'plain.html')).href);
    expect(await page.locator('.trials tbody:visible').count()).toBe(16);
    expect(await page.locator('noscript .note').isVisible()).toBe(true);
  });
});
