import { compile, gradient, input, referenceBackend, type Tensor, topologicalOrder } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { scoreOfModel } from 'igos';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { igos } from '../../support/igos-cli.ts';
import { download, explain, fact } from '../../support/lab-page.ts';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

/** A row of the table of two runs. */
async function row(page: Page, name: string): Promise<string[]> {
  return page.locator(`.beside [data-name="${name}"] td`).allTextContents();
}

function values(npy: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(npy.subarray(npy.readUInt16LE(8) + 10)).buffer);
}

test('two runs stand side by side, with what differs and by how much', async () => {
  const { page, complaints } = await visit('#/lab?picture=6&iterations=3');
  await explain(page);
  const [first, area] = [values(await download(page, 'saliency.npy')), await fact(page, 'area')];
  await page.getByRole('button', { name: 'Pin this result to compare' }).click();
  await page.getByLabel('Weight of L1', { exact: true }).fill('0.02');
  await page.getByLabel('Baseline', { exact: true }).selectOption('mean');
  await explain(page);
  const second = values(await download(page, 'saliency.npy'));

  const [before, after, change] = await row(page, 'area');
  expect(before).toBe(area);
  expect(after).toBe(await fact(page, 'area'));
  const share = (text = '') => Number.parseFloat(text) / 100;
  expect(Number(change)).toBeCloseTo(share(after) - share(before), 2);
  expect(await page.locator('.differs dd').allTextContents()).toEqual([
    '--baseline black',
    '--l1 0.02 --baseline mean',
  ]);

  const drawn = await page
    .locator('.lab section[aria-labelledby="lab-compare"] canvas')
    .nth(2)
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => (data[4 * i] ?? 0) - (data[4 * i + 2] ?? 0));
    });
  expect(drawn.length).toBe(784);
  for (const [i, more] of drawn.entries()) {
    const difference = second[i]! - first[i]!;
    // orange has more red than blue, blue less; near 0 the colours are as good as white
    if (Math.abs(difference) > 0.01) expect(Math.sign(more), `pixel ${i}`).toBe(Math.sign(difference));
  }
  await page.getByRole('button', { name: 'Let the pinned one go' }).click();
  expect(await page.locator('.beside').count()).toBe(0);
  expect(complaints).toEqual([]);
});

test('pictures of different sizes have no difference, and the page says so', async () => {
  const { page } = await visit('#/lab?iterations=1&method=random');
  await explain(page);
  await page.getByRole('button', { name: 'Pin this result to compare' }).click();
  await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
  await explain(page);
  await expect
    .poll(() => page.locator('section[aria-labelledby="lab-compare"]').textContent())
    .toContain('different sizes');
  expect((await row(page, 'before')).length).toBe(3);
});

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
