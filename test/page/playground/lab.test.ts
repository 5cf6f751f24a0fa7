import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../../packages/cli/src/report/report.ts';
import { download, explain, fact, printedCommand, setting } from '../../support/lab-page.ts';
import { expectRepeated, makeProject } from '../../support/lab-repeat.ts';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

let folder = '';
beforeAll(() => {
  folder = makeProject();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const links = {
  'I-GOS with noise and a search along the path':
    'picture=3&iterations=4&noise=0.1&seed=5&mask-size=9&l1=0.2&line-search=armijo-path&ties=random&crop=square',
  'the preset of the paper on a logit':
    'picture=5&preset=paper&score=logit&iterations=5&baseline=noise&seed=2&mask-size=7x14',
  'integrated gradients of another class': 'picture=8&method=integrated-gradients&target=3&baseline=blur&blur-size=5',
};

test.each(Object.entries(links))('the command line and the code repeat %s, byte for byte', async (_, query) => {
  const { page, complaints } = await visit(`#/lab?${query}`);
  await explain(page);
  await expectRepeated(page, folder);
  expect(complaints).toEqual([]);
});

test('the numbers on the page are those of the report, and the mask on it is the mask', async () => {
  const { page } = await visit('#/lab?picture=2&iterations=3');
  await explain(page);
  const report: Report = JSON.parse((await download(page, 'report.json')).toString());
  const { target, final, metrics, iterations, baseline } = report;
  const percent = (share: number | null) => `${(100 * (share ?? Number.NaN)).toFixed(1)}%`;
  expect(await fact(page, 'before')).toBe(percent(target.score));
  expect(await fact(page, 'baseline')).toBe(percent(baseline.score));
  expect(await fact(page, 'after')).toBe(percent(final.score));
  expect(await fact(page, 'area')).toBe(percent(final.area));
  expect(Number(await fact(page, 'deletion'))).toBeCloseTo(metrics!.deletion.auc, 2);
  expect(Number(await fact(page, 'insertion'))).toBeCloseTo(metrics!.insertion.auc, 2);
  expect(await fact(page, 'steps')).toBe(String(iterations.length));
  const shown = await page
    .locator('.result .three canvas')
    .nth(1)
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data).filter((_, i) => i % 4 === 0);
    });
  const mask = new Float32Array(Uint8Array.from((await download(page, 'mask.npy')).subarray(128)).buffer);
  expect(shown).toEqual(Array.from(mask, (keep) => Math.round(255 * keep)));
  expect(await page.locator('.engine').textContent()).toMatch(/^Engine: wasm(-fma)?, threads: \d, [\d,]+ network/);
});

test('every method of the table runs; those without steps say so', async () => {
  const { page, complaints } = await visit('#/lab?picture=4&iterations=2');
  const methods = await setting(page, 'Method');
  const names = await methods
    .locator('option')
    .evaluateAll((options) => options.map((o) => (o as HTMLOptionElement).value));
  const removed: Record<string, string | null> = {};
  const steps: Record<string, string | null> = {};
  for (const name of names) {
    await methods.selectOption(name);
    await explain(page);
    await expect
      .poll(async () => (await printedCommand(page)).join(' '))
      .toMatch(name === 'igos' ? /--iterations 2/ : new RegExp(`--method ${name}`));
    [removed[name], steps[name]] = [await fact(page, 'area'), await fact(page, 'steps')];
  }
  expect(steps).toEqual({ igos: '2', 'integrated-gradients': '0', gradient: '0', random: '0' });
  expect(new Set(Object.values(removed)).size).toBe(names.length);
  expect(complaints).toEqual([]);
});

test('a run can be stopped, and keeps what it has', async () => {
  const { page } = await visit('#/lab?model=efficientnet-lite0&picture=goldfish&iterations=60');
  const button = page.getByRole('button', { name: 'Explain', exact: true });
  await expect.poll(() => button.isEnabled()).toBe(true);
  await button.click();
  const progress = page.locator('.run .progress');
  await expect.poll(() => progress.textContent()).toMatch(/^Step [12] of 60: score [\d.]+%, [\d.]+% removed$/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => page.locator('.result .facts').textContent()).toContain('stopped by you');
  expect(Number(await fact(page, 'steps'))).toBeGreaterThan(0);
  expect(Number(await fact(page, 'steps'))).toBeLessThan(60);
  expect(await fact(page, 'deletion')).toBe('–');
  expect((await download(page, 'mask.npy')).length).toBe(128 + 4 * 28 * 28);
});

test('another picture drops the run that is under way, and the next one runs', async () => {
  const { page, complaints } = await visit('#/lab?model=efficientnet-lite0&picture=goldfish&iterations=60');
  const button = page.getByRole('button', { name: 'Explain', exact: true });
  await expect.poll(() => button.isEnabled()).toBe(true);
  await button.click();
  await expect.poll(() => page.locator('.run .progress').textContent()).toMatch(/^Step 1 of 60/);
  await page.getByLabel('Network', { exact: true }).selectOption('digits');
  await expect.poll(() => button.isEnabled()).toBe(true);
  expect(await page.locator('.result .facts').count()).toBe(0);
  await (await setting(page, 'Iterations')).fill('2');
  await explain(page);
  expect(await page.locator('.result').textContent()).toContain('Digits, models/digits/samples/7.png');
  expect(await page.locator('.run .trouble').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('a number out of its range is told and changes nothing; one inside is in the link', async () => {
  const { page } = await visit('#/lab');
  const decay = await setting(page, 'Step decay');
  await decay.fill('1.5');
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('needs a number from 0.01 to 0.95');
  expect(await decay.getAttribute('aria-invalid')).toBe('true');
  expect(new URL(page.url()).hash).toBe('#/lab');
  await decay.fill('0.5');
  await expect.poll(() => new URL(page.url()).hash).toBe('#/lab?step-decay=0.5');
  expect(await page.getByRole('alert').count()).toBe(0);

  const l1 = await setting(page, 'Weight of L1');
  expect(await l1.getAttribute('placeholder')).toBe('automatic: 0.1');
  await (await setting(page, 'Preset')).selectOption('paper');
  expect(await l1.getAttribute('placeholder')).toBe('automatic: 1');
  await l1.pressSequentially('0.25');
  expect(await l1.inputValue()).toBe('0.25');
  await expect.poll(() => page.url()).toContain('l1=0.25');
  await l1.fill('');
  await expect.poll(() => page.url()).not.toContain('l1=');
  await page.getByRole('button', { name: 'As at the start' }).click();
  await expect.poll(() => new URL(page.url()).hash).toBe('#/lab');

  const size = await setting(page, 'Size of the mask');
  await size.fill('7x');
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/^needs one side or rows x columns/);
  await size.fill('7x14');
  await expect.poll(() => new URL(page.url()).hash).toBe('#/lab?mask-size=7x14');
  await size.fill('200x3'); // more cells than pixels: only the picture can tell
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await expect.poll(() => page.locator('.run .trouble').textContent()).toMatch(/200x3 does not fit.*28x28/);
});

test('a class is chosen by its name, and a wrong one is told', async () => {
  const { page } = await visit('#/lab?model=efficientnet-lite0&picture=dog&iterations=1');
  const target = page.getByLabel('Class to explain');
  await target.fill('golfish');
  await target.press('Enter');
  await expect.poll(() => page.locator('.subject .progress').textContent()).toMatch(/golfish.*goldfish/);
  await target.fill('goldfish');
  await target.press('Enter');
  await explain(page);
  expect((await printedCommand(page)).join(' ')).toContain('--target 1 ');
});

test('the lab with a result has no barrier in either language', async () => {
  const { page, complaints } = await visit('#/lab?iterations=2', { width: 360, height: 740 });
  await explain(page);
  await page.getByRole('button', { name: /^Pin/ }).click();
  await explain(page);
  await page.getByRole('button', { name: 'Compile and measure' }).click();
  await expect.poll(() => page.locator('.plan details').count()).toBe(2);
  await page.getByLabel('Layer', { exact: true }).selectOption('2');
  await expect.poll(() => page.locator('.channels li').count()).toBe(6);
  await expectAccessibleInBoth(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(360);
  expect(complaints).toEqual([]);
});
