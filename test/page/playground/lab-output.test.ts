import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeModel } from '../../support/bad-files.ts';
import { download, explain, modelInput, photoInput, printedCommand } from '../../support/lab-page.ts';
import { expectRepeated, makeProject } from '../../support/lab-repeat.ts';
import { servePlayground } from '../../support/playground.ts';
import { seededValues } from '../../support/seeded.ts';

const visit = servePlayground();

let folder = '';
beforeAll(async () => {
  folder = makeProject();
  writeHeads('three-heads', ['probabilities', 'features', 'raw']);
  writeHeads('raw-first', ['raw', 'probabilities']);
  const data = Uint8Array.from(seededValues(6, 3 * 400, [0, 255]));
  const picture = await sharp(data, { raw: { width: 20, height: 20, channels: 3 } })
    .png()
    .toBuffer();
  writeFileSync(join(folder, 'noise.png'), picture);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The digits network with outputs in this order: its classes, a softmax of what is before its last layer, its logits. */
function writeHeads(name: string, heads: readonly ('probabilities' | 'features' | 'raw')[]): void {
  const nodes = { probabilities: 'probabilities', features: 'features', raw: 'logits' };
  writeModel(join(folder, name), {
    json: ({ modelTopology, signature, userDefinedMetadata = {} }) => {
      const [shape] = Object.values(signature?.outputs ?? {});
      if (!modelTopology || !signature || !shape) throw new Error('the model has changed');
      delete userDefinedMetadata.logitsNode; // else it would be that of whatever output is the first
      const softmax = modelTopology.node.find(({ op }) => op === 'Softmax')!;
      modelTopology.node.push({ ...softmax, name: 'features', input: ['flatten'] });
      const { tensorShape: _, ...port } = shape;
      const outputs = heads.map((head) => [head, { ...port, name: `${nodes[head]}:0` }] as const);
      signature.outputs = Object.fromEntries(outputs) as typeof signature.outputs;
    },
  });
}

const outputs = (page: Page) => page.getByLabel('Output of the model', { exact: true });

async function openModel(page: Page, name: string): Promise<void> {
  await modelInput(page).setInputFiles(join(folder, name));
  await expect.poll(() => page.getByLabel('Network', { exact: true }).inputValue()).toBe('own');
}

test('a model with several outputs asks which; command line and code repeat the run of another, byte for byte', async () => {
  const { page, complaints } = await visit('#/lab?iterations=2');
  expect(await outputs(page).count()).toBe(0); // one output: nothing to ask
  await openModel(page, 'three-heads');
  await photoInput(page).setInputFiles(join(folder, 'noise.png'));
  await expect.poll(() => page.getByLabel('Picture', { exact: true }).inputValue()).toBe('own');
  const options = outputs(page).locator('option');
  expect(await options.allTextContents()).toEqual([
    'probabilities (10 classes)',
    expect.stringMatching(/^features \(\d+ classes\)$/),
    expect.stringMatching(/^raw \(no softmax/),
  ]);
  expect(await options.nth(2).isDisabled()).toBe(true);
  await explain(page);
  expect((await printedCommand(page)).join(' ')).not.toContain('--output');
  const first = await download(page, 'mask.npy');

  await outputs(page).selectOption('features');
  await expect.poll(() => page.url()).toContain('output=features');
  await explain(page);
  expect((await printedCommand(page)).join(' ')).toContain('--output features');
  const report = await expectRepeated(page, folder);
  expect(report.options).toMatchObject({ output: 'features' });
  expect((await download(page, 'mask.npy')).equals(first)).toBe(false);
  expect(complaints).toEqual([]);
});

test('names that were given go with the output that they are of', async () => {
  const { page } = await visit('#/lab?iterations=1');
  await openModel(page, 'three-heads');
  await outputs(page).selectOption('features');
  const names = page.getByLabel(/^Names of the classes/);
  await names.waitFor(); // those of the card are of the other output
  const count = Number(/\((\d+)\)/.exec((await page.locator('.card label').allTextContents()).join())?.[1]);
  await names.fill(Array.from({ length: count }, (_, i) => `feature ${i}`).join('\n'));
  await page.getByRole('button', { name: 'Use this' }).click();
  await expect.poll(() => page.locator('.bars').textContent()).toMatch(/feature \d+ \(\d+\)/);
  await outputs(page).selectOption('probabilities');
  await expect.poll(() => page.locator('.bars').textContent()).not.toContain('feature');
  expect(await page.locator('.card').count()).toBe(0);
  await explain(page);
  expect(await page.locator('.trouble').allTextContents()).not.toContain(expect.stringContaining('names'));
});

test('the first output that has classes is taken, and that of the link where the model has it', async () => {
  const { page, complaints } = await visit('#/lab?iterations=1&output=features');
  await openModel(page, 'three-heads');
  expect(await outputs(page).inputValue()).toBe('features');
  await openModel(page, 'raw-first');
  await expect.poll(() => outputs(page).inputValue()).toBe('probabilities');
  expect(page.url()).toContain('output=probabilities');
  await explain(page);
  expect((await printedCommand(page)).join(' ')).toContain('--output probabilities');
  await openModel(page, 'three-heads');
  await expect.poll(() => page.url()).not.toContain('output=');
  expect(complaints).toEqual([]);
});
