import { compile, gradient, input, referenceBackend, type Tensor, topologicalOrder } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { scoreOfModel } from 'igos';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { igos } from '../../support/igos-cli.ts';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** Pixels of the first channel that is shown of a layer. */
function channelWidth(page: Page): Promise<number> {
  const first = page.locator('.channels canvas').first();
  return first.evaluate(({ width }: HTMLCanvasElement) => width);
}

test('the plan lists what is run: the multiply-adds forward are those of the model', async () => {
  const { page, complaints } = await visit('#/lab');
  await page.getByRole('button', { name: 'Compile and measure' }).click();
  const summaries = page.locator('.plan summary');
  await expect.poll(() => summaries.count()).toBe(2);
  const [forward = '', backward = ''] = await summaries.allTextContents();
  const { stdout } = await igos(['inspect', 'digits', '--json'], { cwd: '/' });
  const adds = (text: string) => Number(/([\d,]+) multiply-adds/.exec(text)?.[1]?.replaceAll(',', ''));
  expect(adds(forward)).toBe(JSON.parse(stdout).multiplyAdds);
  expect(adds(backward)).toBeGreaterThan(0.5 * adds(forward));
  const table = page.locator('.plan table').first();
  const names = await table.locator('tbody th').allTextContents();
  expect(names.filter((name) => name.includes('conv2d')).length).toBe(3);
  const shapes = await table.locator('tbody tr td:nth-child(2)').allTextContents();
  expect(shapes[0]).toBe('1 × 14 × 14 × 8');
  const times = await table.locator('tbody tr td:last-child').allTextContents();
  for (const time of times) expect(time).toMatch(/^\s*[\d.,]+ (µs|ms)$/);
  expect(complaints).toEqual([]);
});

test('a layer shows what it answers and the gradient there: the numbers are those of the library', async () => {
  const { page, complaints } = await visit('#/lab?picture=5');
  const layer = page.getByLabel('Layer', { exact: true });
  await expect
    .poll(() => layer.locator('option').allTextContents())
    .toEqual([
      ...['–', '1: conv2d, add, relu (14 × 14 × 8)', '2: conv2d, add, relu (14 × 14 × 16)'],
      ...['3: averagePool (7 × 7 × 16)', '4: conv2d, add, relu (5 × 5 × 32)'],
    ]);
  await layer.selectOption('3');
  const channels = page.locator('.channels li');
  await expect.poll(() => channels.count()).toBe(6);
  expect(new URL(page.url()).hash).toContain('layer=3');

  const expected = await channelsOfPool('5');
  const shown = await channels.evaluateAll((items) => items.map((item) => Number(item.getAttribute('data-channel'))));
  expect(shown).toEqual(expected.slice(0, 6).map(({ channel }) => channel));
  const number = (text: string) => {
    const [, digits, exponent] = /(-?[\d.]+)(?: × 10(\S+))?$/.exec(text) ?? [];
    const power = Array.from(exponent ?? '', (sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
    return Number(digits) * 10 ** Number(power);
  };
  const titles = await channels.locator('h3').allTextContents();
  const means = await channels.locator('figure:first-child figcaption').allTextContents();
  for (const [i, { share, mean }] of expected.slice(0, 6).entries()) {
    expect(number(titles[i]!) / share).toBeCloseTo(1, 2);
    expect(number(means[i]!) / mean).toBeCloseTo(1, 2);
  }
  expect(complaints).toEqual([]);
});

test('a step of the plan shows its layer, forward and backward, by pointer and by keyboard', async () => {
  const { page, complaints } = await visit('#/lab?picture=5');
  await page.getByRole('button', { name: 'Compile and measure' }).click();
  const tables = page.locator('.plan table');
  await expect.poll(() => tables.count()).toBe(2);
  const rows = (pass: number) => tables.nth(pass).locator('tbody tr');
  // Steps of no layer, such as those of the softmax, are no buttons.
  const layersOf = async (pass: number) => {
    const titles = await rows(pass).evaluateAll((all) => all.map((row) => row.querySelector('button')?.title ?? ''));
    return titles.map((title) => Number(/\d+/.exec(title)?.[0] ?? 0));
  };
  const forward = await layersOf(0);
  expect(forward.slice(0, 5)).toEqual([1, 2, 3, 4, 0]);
  expect(forward.slice(4).every((layer) => layer === 0)).toBe(true);
  const backward = await layersOf(1);
  expect(backward.filter((layer) => layer > 0)).toEqual([4, 3, 2, 1]);
  expect(backward.at(-1)).toBe(0); // the gradient at the pixels

  const layer = page.getByLabel('Layer', { exact: true });
  await rows(0).nth(2).locator('td').nth(1).click({ force: true }); // the button is all of the row
  await expect.poll(() => layer.inputValue()).toBe('3');
  expect(new URL(page.url()).hash).toContain('layer=3');
  await expect.poll(() => channelWidth(page)).toBe(7);
  const expected = await channelsOfPool('5');
  const shown = page.locator('.channels li').first();
  expect(await shown.getAttribute('data-channel')).toBe(String(expected[0]?.channel));

  const last = rows(1).nth(backward.indexOf(1)).getByRole('button');
  await last.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => layer.inputValue()).toBe('1');
  await expect.poll(() => last.getAttribute('aria-pressed')).toBe('true');
  expect(await rows(0).first().getByRole('button').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => channelWidth(page)).toBe(14);
  expect(complaints).toEqual([]);
});

test('in the large network every step with an image as its result has its layer, of the same shape', async () => {
  const { page } = await visit('#/lab?model=efficientnet-lite0');
  await page.getByRole('button', { name: 'Compile and measure' }).click();
  const tables = page.locator('.plan table');
  await expect.poll(() => tables.count(), { timeout: 40_000 }).toBe(2);
  const options = await page.getByLabel('Layer', { exact: true }).locator('option').allTextContents();
  const rows = await tables.locator('tbody tr').evaluateAll((all) =>
    all.map((row) => ({
      title: row.querySelector('button')?.title,
      shape: row.querySelector('td')?.textContent ?? '',
    })),
  );
  const images = rows.filter(({ shape }) => shape.split(' × ').length === 4);
  expect(images.length).toBeGreaterThan(90);
  expect(images.pop()?.title).toBeUndefined(); // the gradient at the pixels
  for (const { title, shape } of images) {
    const number = Number(/\d+/.exec(title ?? '')?.[0]);
    expect(options[number]).toContain(`(${shape.replace('1 × ', '')})`);
  }
});

/** Activation times gradient behind the only pooling of the digits network, the largest first. */
async function channelsOfPool(digit: string) {
  const models = new URL('../../../models/', import.meta.url).pathname;
  const model = await loadModel(folderReader(`${models}digits`));
  const { data } = await sharp(`${models}digits/samples/${digit}.png`)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const images = input('images', [1, 28, 28, 1]);
  const score = scoreOfModel(model, { target: { kind: 'index', index: Number(digit) } })(images);
  const pool = topologicalOrder([score]).find(({ op }) => op === 'averagePool')!;
  const [slope] = gradient(score, [pool]) as [Tensor];
  const program = compile({ inputs: [images], outputs: { pool, slope } }, referenceBackend);
  const values = await program.run({
    images: { data: Float32Array.from(data, (pixel) => pixel / 255), shape: images.shape },
  });
  return Array.from({ length: 16 }, (_, channel) => {
    const at = Array.from({ length: 49 }, (_, i) => 16 * i + channel);
    const share = at.reduce((sum, i) => sum + values.pool.data[i]! * values.slope.data[i]!, 0);
    return { channel, share, mean: at.reduce((sum, i) => sum + values.pool.data[i]! / 49, 0) };
  }).sort((one, other) => Math.abs(other.share) - Math.abs(one.share));
}
