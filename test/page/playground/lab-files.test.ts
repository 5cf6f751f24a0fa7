import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeModel, writeNpyFile } from '../../support/bad-files.ts';
import { fixtureModelFolder, goldenModelFolder, igos, photos } from '../../support/igos-cli.ts';
import { download, explain, fact, modelInput, photoInput, printedCommand } from '../../support/lab-page.ts';
import { expectToldInBoth, servePlayground } from '../../support/playground.ts';
import { seededValues } from '../../support/seeded.ts';

const visit = servePlayground();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'igos-lab-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = (page: Page) => page.getByLabel('Picture', { exact: true });
const network = (page: Page) => page.getByLabel('Network', { exact: true });

/** Runs the command that the page prints, where these files lie; gives the mask. */
async function maskOfCommand(page: Page, cwd: string): Promise<Buffer> {
  const [, ...args] = await printedCommand(page);
  const out = mkdtempSync(join(folder, 'out-'));
  const { code, stderr } = await igos([...args, '--out', out, '--quiet'], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  return readFileSync(join(out, 'mask.npy'));
}

test('a photo with a wicked name: it is text everywhere, and the command line takes it', async () => {
  const name = "-<img src=x onerror='document.title=1'>; touch it.png";
  const noise = Uint8Array.from(seededValues(3, 3 * 30 * 40, [0, 255]));
  const file = await sharp(noise, { raw: { width: 40, height: 30, channels: 3 } })
    .png()
    .toBuffer();
  writeFileSync(join(folder, name), file);
  const { page, complaints } = await visit('#/lab?picture=3&iterations=2&mask-size=5');
  await photoInput(page).setInputFiles({ name, mimeType: 'image/png', buffer: file });
  await expect.poll(() => picture(page).inputValue()).toBe('own');
  await explain(page);
  expect(await page.locator('.result').textContent()).toContain(name);
  expect(await page.locator('main img').count()).toBe(0);
  expect((await maskOfCommand(page, folder)).equals(await download(page, 'mask.npy'))).toBe(true);
  const overlay = await sharp(await download(page, 'overlay.png')).metadata();
  expect([overlay.width, overlay.height]).toEqual([40, 30]);
  expect(complaints).toEqual([]);
});

test('an array is taken as the network sees it', async () => {
  writeNpyFile(join(folder, 'digit.npy'), seededValues(4, 784, [0, 1]), [28, 28, 1]);
  const { page } = await visit('#/lab?iterations=2&noise=0.2&seed=3');
  await photoInput(page).setInputFiles(join(folder, 'digit.npy'));
  await expect.poll(() => picture(page).inputValue()).toBe('own');
  await explain(page);
  expect((await download(page, 'input.npy')).equals(readFileSync(join(folder, 'digit.npy')))).toBe(true);
  expect((await maskOfCommand(page, folder)).equals(await download(page, 'mask.npy'))).toBe(true);
});

test('a JPEG is decoded by another program, and scores stay within 0.02', async () => {
  const { page } = await visit('#/lab?model=efficientnet-lite0&iterations=3');
  await photoInput(page).setInputFiles(join(photos, 'koala.jpg'));
  await expect.poll(() => picture(page).inputValue()).toBe('own');
  await explain(page);
  const report = JSON.parse((await download(page, 'report.json')).toString());
  const [, ...args] = await printedCommand(page);
  const { stdout } = await igos([...args, '--out', join(folder, 'koala'), '--json', '--quiet'], { cwd: photos });
  const other = JSON.parse(stdout);
  expect(report.target.index).toBe(other.target.index);
  expect(Math.abs(report.final.score - other.final.score)).toBeLessThan(0.02);
});

test('a model folder with its card is opened and explained, as on the command line', async () => {
  const { page, complaints } = await visit('#/lab?iterations=3');
  await modelInput(page).setInputFiles(goldenModelFolder);
  await expect.poll(() => network(page).inputValue()).toBe('own');
  expect(await page.locator('.card').count()).toBe(0); // it says everything itself
  await photoInput(page).setInputFiles(join(goldenModelFolder, '../../../../../models/digits/samples/4.png'));
  await expect.poll(() => picture(page).inputValue()).toBe('own');
  await explain(page);
  const file = readFileSync(join(goldenModelFolder, '../../../../../models/digits/samples/4.png'));
  writeFileSync(join(dirname(goldenModelFolder), '4.png'), file);
  try {
    const mask = await maskOfCommand(page, dirname(goldenModelFolder));
    expect(mask.equals(await download(page, 'mask.npy'))).toBe(true);
  } finally {
    rmSync(join(dirname(goldenModelFolder), '4.png'));
  }
  expect(complaints).toEqual([]);
});

test('a model without a card: the page asks for scaling and labels, and uses what it is told', async () => {
  const own = join(folder, 'without-card');
  mkdirSync(own);
  writeModel(join(own, 'mobile'), { from: fixtureModelFolder });
  writeFileSync(join(own, 'dog.png'), await sharp(join(photos, 'dog.jpg')).resize(60, 50).png().toBuffer());
  const { page, complaints } = await visit('#/lab?iterations=2');
  await modelInput(page).setInputFiles(join(own, 'mobile'));
  await expect.poll(() => network(page).inputValue()).toBe('own');
  await photoInput(page).setInputFiles(join(own, 'dog.png'));
  await expect.poll(() => picture(page).inputValue()).toBe('own');

  const scale = page.getByLabel('How pixels become its input');
  const apply = page.getByRole('button', { name: 'Use this' });
  await scale.fill('0..2');
  await apply.click();
  await expectToldInBoth(page.locator('.drop .trouble'), {
    en: [/mobile.*“0\.\.2” does not say how pixels become the input/],
    zh: [/mobile.*“0\.\.2”没有说明像素如何变成输入/],
  });
  await scale.fill('-1..1');
  await page.getByLabel(/^Names of the classes/).fill('ant\n<b>bee</b>\ncow');
  await apply.click();
  await expectToldInBoth(page.locator('.drop .trouble'), {
    en: ['3 names for the 7 classes'],
    zh: ['7 个类别，你给出了 3 个名称'],
  });
  await page.getByLabel(/^Names of the classes/).fill('ant\n<b>bee</b>\ncow\ndog\nelk\nfox\ngnu\n');
  await apply.click();
  await expect.poll(() => page.locator('.bars').textContent()).toMatch(/<b>bee<\/b> \(1\)/);

  await page.getByLabel('Class to explain').fill('dog');
  await page.keyboard.press('Enter');
  await explain(page);
  expect(await page.locator('.result').textContent()).toContain('Class: dog');
  writeFileSync(join(own, 'labels.txt'), await download(page, 'labels.txt'));
  expect((await maskOfCommand(page, own)).equals(await download(page, 'mask.npy'))).toBe(true);
  expect(complaints).toEqual([]);
});

test('a link to a model of somebody else says that it is not here, and another can be chosen', async () => {
  const { page, complaints } = await visit('#/lab?model=own&picture=own&iterations=1');
  await expect.poll(() => page.locator('.subject .progress').textContent()).toContain('which a link cannot hold');
  expect(await page.getByRole('button', { name: 'Explain', exact: true }).isEnabled()).toBe(false);
  await network(page).selectOption('digits');
  await explain(page);
  expect(await fact(page, 'steps')).toBe('1');
  expect(complaints).toEqual([]);
});

describe('dropped and pasted', () => {
  test('a folder with a model in it, and a photo, as the system drops them', async () => {
    mkdirSync(join(folder, 'dropped/deep'), { recursive: true });
    writeModel(join(folder, 'dropped/deep/trained'), {});
    writeFileSync(join(folder, 'dropped/notes.txt'), 'not of the model');
    const { page, complaints } = await visit('#/lab?picture=3&iterations=2');
    await dropPath(page, join(folder, 'dropped'));
    await expect.poll(() => network(page).inputValue()).toBe('own');
    await dropPath(page, join(photos, 'hen.jpg'));
    await expect.poll(() => picture(page).inputValue()).toBe('own');
    await explain(page);
    expect(await printedCommand(page)).toEqual(expect.arrayContaining(['hen.jpg', '--model', 'trained']));
    expect(complaints).toEqual([]);
  });

  /** Drops a file or a folder of the system onto the box. */
  async function dropPath(page: Page, path: string): Promise<void> {
    const { x, y } = (await page.locator('.drop h2').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, x: x + 5, y: y + 5, data });
    }
  }

  test('the files of a model, then a photo, then one that is pasted', async () => {
    const { page } = await visit('#/lab?picture=3');
    const files = readdirSync(goldenModelFolder).map((name) => file(join(goldenModelFolder, name), name));
    await give(page, 'drop', files);
    await expect.poll(() => network(page).inputValue()).toBe('own');
    await give(page, 'drop', [file(join(photos, 'hen.jpg'), 'hen.jpg')]);
    await expect.poll(() => picture(page).inputValue()).toBe('own');
    await picture(page).selectOption('dog');
    await give(page, 'paste', [file(join(photos, 'cat.jpg'), 'cat.jpg')]);
    await expect.poll(() => picture(page).inputValue()).toBe('own');
  });

  const file = (path: string, name: string) => ({ name, bytes: readFileSync(path).toString('base64') });

  /** What the browser does when somebody drops or pastes files. */
  async function give(page: Page, kind: 'drop' | 'paste', files: readonly { name: string; bytes: string }[]) {
    await page.locator('.drop').evaluate(
      (target, { kind, files }) => {
        const transfer = new DataTransfer();
        for (const { name, bytes } of files) {
          transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name));
        }
        const options = { bubbles: true, cancelable: true };
        target.dispatchEvent(
          kind === 'drop'
            ? new DragEvent('drop', { ...options, dataTransfer: transfer })
            : new ClipboardEvent('paste', { ...options, clipboardData: transfer }),
        );
      },
      { kind, files },
    );
  }
});
