import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureSize } from '../../../packages/playground/src/engine/picture-size.ts';
import { writeModel } from '../../support/bad-files.ts';
import { fixtureModelFolder } from '../../support/igos-cli.ts';
import { explain, fact, modelInput, photoInput } from '../../support/lab-page.ts';
import { expectToldInBoth, servePlayground, type Told } from '../../support/playground.ts';

const visit = servePlayground();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'igos-lab-bad-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['png', {}],
  ['jpeg', { progressive: true }],
  ['webp', { lossless: false }],
  ['webp', { lossless: true }],
  ['webp', { quality: 50 }],
] as const)('the size of a %s is known from its beginning (%o)', async (format, options) => {
  const channels = 'quality' in options ? 4 : 3; // what is transparent has an extended header
  const background = { r: 1, g: 2, b: 3, alpha: 0.5 };
  const picture = sharp({ create: { width: 1234, height: 77, channels, background } }).withExif({
    IFD0: { Make: 'us' },
  });
  const file = await picture.toFormat(format, options).toBuffer();
  expect(await pictureSize(new Blob([Uint8Array.from(file)]))).toEqual([1234, 77]);
  expect(await pictureSize(new Blob([Uint8Array.from(file.subarray(0, 14))]))).toBeUndefined();
});

describe('what cannot be used is told in words, and the work stays', () => {
  const kept = { en: 'Everything else is as it was.', zh: '其余一切保持原样。' };

  /** A page with a result and settings of its own. */
  async function pageWithWork() {
    const { page, complaints } = await visit('#/lab?picture=3&iterations=2&l1=0.3');
    await explain(page);
    const numbers = await page.locator('.result .facts').textContent();
    const expectKept = async ({ en, zh }: Told) => {
      const told = page.locator('.drop .trouble');
      await expectToldInBoth(told, { en: [...en, kept.en], zh: [...zh, kept.zh] });
      expect(await page.locator('.result .facts').textContent()).toBe(numbers);
      expect(new URL(page.url()).hash).toBe('#/lab?lang=en&picture=3&iterations=2&l1=0.3');
      await explain(page); // and it still works
      expect(await fact(page, 'area')).toMatch(/^\d+\.\d%$/);
      expect(complaints).toEqual([]);
    };
    return { page, expectKept };
  }

  test('a text named .jpg', async () => {
    const { page, expectKept } = await pageWithWork();
    await photoInput(page).setInputFiles({
      ...{ name: '<b>letter</b>.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Dear Sir or Madam') },
    });
    await expectKept({
      en: ['<b>letter</b>.jpg', 'not a picture that your browser can read', 'PNG, JPEG or WebP'],
      zh: ['<b>letter</b>.jpg', '浏览器无法把这个文件当作图片读取'],
    });
  });

  test.each(['png', 'jpeg', 'webp'] as const)('a %s of 60 megapixels', async (format) => {
    const path = join(folder, `huge.${format}`);
    const photo = sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: 'teal' } });
    await photo.webp({ effort: 0 }).toFormat(format).toFile(path);
    const { page, expectKept } = await pageWithWork();
    await photoInput(page).setInputFiles(path);
    await expectKept({ en: ['60 megapixels', 'limit is 40'], zh: ['6,000 万像素', '上限是 4,000 万像素'] });
  });

  test('a folder without a model', async () => {
    const { page, expectKept } = await pageWithWork();
    mkdirSync(join(folder, 'empty/inside'), { recursive: true });
    writeFileSync(join(folder, 'empty/inside/notes.txt'), 'nothing');
    await modelInput(page).setInputFiles(join(folder, 'empty'));
    await expectKept({ en: ['There is no model.json'], zh: ['没有 model.json'] });
  });

  test.each([
    {
      name: 'a model with an unknown op',
      says: { en: ['does not know: Hocuspocus (at “'], zh: ['不支持的运算：Hocuspocus，位于“'] },
      change: { json: renameOp('Softmax', 'Hocuspocus') },
    },
    {
      name: 'a model with NaN weights',
      says: { en: [/weight “.+” of the model holds NaN/], zh: [/权重“.+”中有 NaN/] },
      change: { weights: (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0xc0, 0x7f]), bytes.subarray(4)]) },
    },
    {
      name: 'a model that is no classifier',
      says: { en: ['no classifier', 'softmax'], zh: ['不是分类器', 'softmax'] },
      change: { from: fixtureModelFolder, json: renameOp('Softmax', 'Sigmoid') },
    },
  ])('$name', async ({ name, says, change }) => {
    const path = join(folder, name.replaceAll(' ', '-'));
    writeModel(path, change);
    const { page, expectKept } = await pageWithWork();
    await modelInput(page).setInputFiles(path);
    await expectKept(says);
  });

  function renameOp(from: string, to: string): NonNullable<Parameters<typeof writeModel>[1]['json']> {
    return ({ modelTopology }) => {
      const node = modelTopology?.node.find(({ op }) => op === from);
      if (node) node.op = to;
    };
  }
});
