import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeNpyFile } from '../../support/bad-files.ts';
import { download, explain, fact, photoInput, printedCommand, setting, unfold } from '../../support/lab-page.ts';
import { expectRepeated, makeProject } from '../../support/lab-repeat.ts';
import { servePlayground } from '../../support/playground.ts';
import { seededValues } from '../../support/seeded.ts';

const visit = servePlayground();

let folder = '';
beforeAll(() => {
  folder = makeProject();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const baselineInput = (page: Page) => page.getByLabel('Your baseline (PNG, JPEG, WebP or .npy)');
const maskInput = (page: Page) => page.getByLabel('Your start mask (.npy, 1 keeps, 0 removes)');
const baselineSetting = (page: Page) => page.getByLabel('Baseline', { exact: true });
const maskSetting = (page: Page) => page.getByLabel('Start mask', { exact: true });

async function writePicture(name: string, seed: number, [width, height]: readonly [number, number]): Promise<string> {
  const data = Uint8Array.from(seededValues(seed, 3 * width * height, [0, 255]));
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(folder, name));
  return join(folder, name);
}

function writeMask(name: string, shape: readonly [number, number], values?: ArrayLike<number>): string {
  writeNpyFile(join(folder, name), values ?? seededValues(7, shape[0] * shape[1], [0.5, 1]), shape);
  return join(folder, name);
}

test('files that are given one right after the other are all taken', async () => {
  const { page } = await visit('#/lab?iterations=1');
  const [photo, mask] = [await writePicture('large.png', 3, [1500, 1500]), writeMask('quick.npy', [5, 7])];
  await photoInput(page).setInputFiles(photo);
  await maskInput(page).setInputFiles(mask);
  await expect.poll(() => maskSetting(page).inputValue()).toBe('own');
  await expect.poll(() => page.getByLabel('Picture', { exact: true }).inputValue()).toBe('own');
});

test('a photo, a baseline and a start mask of the reader: command line and code repeat the run, byte for byte', async () => {
  const { page, complaints } = await visit('#/lab?iterations=3&crop=none');
  await photoInput(page).setInputFiles(await writePicture('photo.png', 1, [40, 30]));
  await expect.poll(() => page.getByLabel('Picture', { exact: true }).inputValue()).toBe('own');
  await baselineInput(page).setInputFiles(await writePicture('the other.png', 2, [33, 50]));
  await expect.poll(() => baselineSetting(page).inputValue()).toBe('own');
  await maskInput(page).setInputFiles(writeMask('begin.npy', [5, 7]));
  await expect.poll(() => maskSetting(page).inputValue()).toBe('own');
  expect(await page.getByLabel('Size of the mask').getAttribute('placeholder')).toBe('automatic: 5 × 7');
  expect(new URL(page.url()).hash).toBe('#/lab?picture=own&crop=none&baseline=own&init-mask=own&iterations=3');
  await explain(page);

  const command = await printedCommand(page);
  for (const [flag, value] of [
    ['--baseline', 'the other.png'],
    ['--init-mask', 'begin.npy'],
  ] as const) {
    expect(command[command.indexOf(flag) + 1]).toBe(value);
  }
  expect(command).not.toContain('--mask-size');
  const report = await expectRepeated(page, folder, ['baseline.npy', 'start-mask.npy']);
  expect(report.baseline.kind).toBe('image');
  expect(report.options).toMatchObject({ baseline: 'the other.png', initMask: 'begin.npy', maskSize: [5, 7] });
  const beginning = (await download(page, 'start-mask.npy')).subarray(128);
  expect(beginning.equals(readFileSync(join(folder, 'begin.npy')).subarray(128))).toBe(true);
  const start = new Float32Array(Uint8Array.from(beginning).buffer);
  expect(report.start?.l1).toBeCloseTo(start.reduce((sum, keep) => sum + (1 - keep), 0) / start.length, 6);
  expect(complaints).toEqual([]);
});

test('an array is the baseline as it is, and without another setting the run begins with a whole mask again', async () => {
  writeNpyFile(join(folder, 'low'), seededValues(5, 784, [0, 0.2]), [28, 28]);
  const { page } = await visit('#/lab?picture=3&iterations=2&mask-size=4x6');
  await baselineInput(page).setInputFiles(join(folder, 'low'));
  await expect.poll(() => baselineSetting(page).inputValue()).toBe('own');
  await maskInput(page).setInputFiles(writeMask('4x6.npy', [4, 6]));
  await expect.poll(() => maskSetting(page).inputValue()).toBe('own');
  await explain(page);
  const own = await download(page, 'mask.npy');
  const baseline = (await download(page, 'baseline.npy')).subarray(128);
  expect(baseline.equals(readFileSync(join(folder, 'low')).subarray(128))).toBe(true);
  expect(await printedCommand(page)).toEqual(expect.arrayContaining(['--baseline', './low', '--mask-size', '4x6']));

  await unfold(maskSetting(page));
  await maskSetting(page).selectOption('');
  await explain(page);
  expect((await printedCommand(page)).join(' ')).not.toContain('init-mask');
  expect((await download(page, 'mask.npy')).equals(own)).toBe(false);
  await maskSetting(page).selectOption('own'); // the file is still there
  await explain(page);
  expect((await download(page, 'mask.npy')).equals(own)).toBe(true);
});

test('a file that is dropped on its input is taken; one that misses does not replace the page', async () => {
  const { page } = await visit('#/lab?picture=3&iterations=1');
  const path = writeMask('dropped.npy', [3, 3]);
  await unfold(maskInput(page));
  await maskInput(page).scrollIntoViewIfNeeded();
  const { x, y } = (await maskInput(page).boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: x + 5, y: y + 5, data });
  }
  await expect.poll(() => maskSetting(page).inputValue()).toBe('own');

  /** Whether the browser would do with a file what it does by itself. */
  const isLeftToBrowser = (place: ReturnType<Page['locator']>) =>
    place.evaluate((element) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png'));
      const options = { bubbles: true, cancelable: true, dataTransfer };
      return ['dragover', 'drop'].map((type) => element.dispatchEvent(new DragEvent(type, options)));
    });
  expect(await isLeftToBrowser(page.getByRole('heading', { name: 'Settings', exact: true }))).toEqual([false, false]);
  expect(await isLeftToBrowser(maskInput(page))).toEqual([true, true]);
});

test('a link that speaks of own files says that they are not in it, and the run is as without', async () => {
  const { page, complaints } = await visit('#/lab?picture=3&iterations=1&baseline=own&init-mask=own');
  const said = page.locator('.settings .wrong');
  await expect.poll(() => said.count()).toBe(2);
  for (const text of await said.allTextContents()) expect(text).toContain('a file that it cannot hold');
  await explain(page);
  const command = (await printedCommand(page)).join(' ');
  expect(command).toContain('--baseline black');
  expect(command).not.toContain('init-mask');
  expect(complaints).toEqual([]);
});

describe('what is no baseline or start mask is told in one line where it was given, and the work stays', () => {
  const nan = Float32Array.from({ length: 4 }, (_, i) => (i === 2 ? Number.NaN : 1));
  test.each([
    { name: 'a text', setting: 'init-mask', file: () => textFile('mask.npy'), says: /mask\.npy.*npy/ },
    {
      name: 'a mask of three axes',
      setting: 'init-mask',
      file: () => npy('axes.npy', [1, 1, 1, 1], [2, 2, 1]),
      says: /\[2, 2, 1\], needed is 2×2/,
    },
    {
      name: 'a mask of another size',
      setting: 'init-mask',
      file: () => npy('size.npy', [1, 1], [1, 2]),
      says: /\[1, 2\], needed is 2×2/,
    },
    {
      name: 'values beyond 1',
      setting: 'init-mask',
      file: () => npy('beyond.npy', [1, 1.5, 1, 1], [2, 2]),
      says: /from 0 to 1, got 1\.5/,
    },
    { name: 'NaN', setting: 'init-mask', file: () => npy('nan.npy', nan, [2, 2]), says: /nan\.npy.*NaN or infinite/ },
    {
      name: 'a text as a picture',
      setting: 'baseline',
      file: () => textFile('dark.png'),
      says: /dark\.png.*not a picture/,
    },
    {
      name: 'an array of another shape',
      setting: 'baseline',
      file: () => npy('flat.npy', [1, 1], [1, 2]),
      says: /your baseline has the shape 1 × 2, .* 28 × 28 × 1/,
    },
  ])('$name', async ({ setting, file, says }) => {
    const { page, complaints } = await visit('#/lab?picture=3&iterations=2&mask-size=2');
    await explain(page);
    const area = await fact(page, 'area');
    await (setting === 'baseline' ? baselineInput(page) : maskInput(page)).setInputFiles(file());
    const told = page.locator('.settings .trouble');
    await expect.poll(() => told.textContent()).toMatch(says);
    expect(await told.textContent()).toContain('Everything else is as it was.');
    expect(await told.textContent()).not.toContain('\n');
    expect(await fact(page, 'area')).toBe(area);
    expect(new URL(page.url()).hash).toBe('#/lab?picture=3&mask-size=2&iterations=2');
    await explain(page); // and it still works
    expect(complaints).toEqual([]);
  });

  test('a mask with more cells than the picture has pixels', async () => {
    const { page } = await visit('#/lab?picture=3&iterations=1');
    await explain(page);
    await maskInput(page).setInputFiles(writeMask('large.npy', [29, 2]));
    await expect.poll(() => page.locator('.settings .trouble').textContent()).toMatch(/29x2 does not fit.*28x28/);
  });

  test('a size that is set afterwards', async () => {
    const { page } = await visit('#/lab?picture=3&iterations=1');
    await explain(page);
    await maskInput(page).setInputFiles(writeMask('2x2.npy', [2, 2]));
    await expect.poll(() => maskSetting(page).inputValue()).toBe('own');
    await (await setting(page, 'Size of the mask')).fill('3');
    await page.getByRole('button', { name: 'Explain', exact: true }).click();
    await expect.poll(() => page.locator('.run .trouble').textContent()).toMatch(/\[2, 2\], needed is 3×3/);
  });

  function npy(name: string, values: ArrayLike<number>, shape: readonly number[]): string {
    writeNpyFile(join(folder, name), values, shape);
    return join(folder, name);
  }

  function textFile(name: string): string {
    writeFileSync(join(folder, name), 'Dear Sir or Madam');
    return join(folder, name);
  }
});
