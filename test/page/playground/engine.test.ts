import { expect, test } from 'vitest';
import type { Report } from '../../../packages/cli/src/report/report.ts';
import {
  chooseEngine,
  engineWorker,
  graphics,
  hideCards,
  loseCard,
  measureButton,
  openPanel,
  panel,
  speedOf,
  summary,
  trouble,
  watchCard,
} from '../../support/engine-panel.ts';
import { download, explain, fact, printedCommand } from '../../support/lab-page.ts';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();
test('WebAssembly computes unless the reader wants something else, and GPU.js is not fetched', async () => {
  const { page } = await visit('#/tour/what-it-sees');
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.reload();
  await expect.poll(() => summary(page).innerText()).toMatch(/WebAssembly.*(\d+ threads|one thread)/);
  await openPanel(page);
  expect(await panel(page).innerText()).toContain('a program that stands in for a graphics card');
  expect(fetched.some((url) => url.includes('/models/digits/'))).toBe(true);
  expect(fetched.some((url) => url.includes('gpu-browser'))).toBe(false);

  await chooseEngine(page, 'WebGL 2');
  await expect.poll(() => fetched.some((url) => url.includes('gpu-browser'))).toBe(true);
});

test.each(graphics)('the mask of %s is that of WebAssembly, but for the rounding', async (engine) => {
  const settings = 'picture=3&iterations=3&noise=0.1&seed=5&mask-size=7';
  const masks: Float32Array[] = [];
  for (const backend of ['wasm', engine]) {
    const { page, complaints } = await visit(`#/lab?${settings}&backend=${backend}`);
    await explain(page);
    const report: Report = JSON.parse((await download(page, 'report.json')).toString());
    expect(report.backend).toMatch(backend === 'wasm' ? /^wasm/ : backend);
    expect(report.options.backend).toBe(backend);
    const file = await download(page, 'mask.npy');
    masks.push(
      new Float32Array(file.buffer.slice(file.byteOffset + file.length - 4 * 49, file.byteOffset + file.length)),
    );
    expect(await page.locator('.result p.engine').innerText()).toContain(`Engine: ${backend}`);
    expect(await summary(page).innerText()).toMatch(/[\d,]+ network evaluations a second/); // it follows the run
    const command = await printedCommand(page);
    const inNode = engine === 'gpujs:webgl2' ? 'wasm' : backend;
    expect(command.slice(command.indexOf('--backend')).slice(0, 2)).toEqual(['--backend', inNode]);
    expect(Number.parseFloat((await fact(page, 'area')) ?? '')).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  }
  const [ours, theirs] = masks;
  for (const [cell, value] of ours!.entries()) expect(theirs![cell]).toBeCloseTo(value, 4);
});

test('the code for WebGPU opens what computed, and says what has to be installed', async () => {
  const { page } = await visit('#/lab?picture=3&iterations=1&backend=gpujs:webgpu');
  await explain(page);
  const code = (await download(page, 'repeat.mjs')).toString();
  expect(code).toContain("createGpuBackend('webgpu')");
  expect(code).not.toContain('createWasmBackend');
  expect(code).toMatch(/^\/\/ npm install igos @igos\/autograd gpu\.js webgpu@0\.6\.2\n/);
});

test('the speed of each engine is measured when the reader asks', async () => {
  const { page, complaints } = await visit('#/tour/what-it-sees');
  await openPanel(page);
  expect(await speedOf(page, 'WebAssembly')).toBeUndefined();
  await measureButton(page).click();
  await expect.poll(() => speedOf(page, 'WebGL 2'), { timeout: 40_000 }).toBeGreaterThan(0);
  await expect.poll(() => measureButton(page).count()).toBe(1);
  for (const name of ['WebAssembly', 'WebGPU']) expect(await speedOf(page, name)).toBeGreaterThan(0);
  await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
  await expect.poll(() => speedOf(page, 'WebGPU')).toBeUndefined(); // another network, another speed
  expect(complaints).toEqual([]);
});

test('a browser without a graphics card says so, and computes with WebAssembly when told', async () => {
  const { page, complaints } = await visit('#/lab?picture=4');
  await expect.poll(() => summary(page).innerText()).toMatch(/threads|one thread/);
  await hideCards(engineWorker(page));
  await openPanel(page);
  for (const name of ['WebGPU', 'WebGL 2']) {
    await expect.poll(() => panel(page).getByLabel(name).isDisabled()).toBe(true);
  }
  expect(await panel(page).innerText()).toContain('not in this browser, or no graphics card for it');
  await page.evaluate(() => {
    location.hash = '#/lab?picture=4&backend=gpujs:webgpu'; // a link from somebody who has one
  });
  await expect.poll(() => trouble(page).innerText()).toContain('no graphics card that could compute this way');
  await page.getByRole('button', { name: 'Compute with WebAssembly' }).click();
  await explain(page);
  expect(page.url()).toContain('picture=4');
  expect(page.url()).not.toContain('webgpu');
  expect(complaints).toEqual([]);
});

test.each(graphics)('when %s loses the graphics card, the page says so and goes on', async (engine) => {
  const { page } = await visit('#/lab?picture=3&iterations=2');
  await explain(page);
  const score = await fact(page, 'after');
  const worker = engineWorker(page);
  const loseUnseen = async () => {
    await page.locator('.area[aria-busy="false"]').waitFor(); // it would meet the loss before the run does
    await loseCard(worker);
  };
  await watchCard(worker, engine);
  await openPanel(page);
  await chooseEngine(page, engine === 'gpujs:webgpu' ? 'WebGPU' : 'WebGL 2');
  await explain(page);
  await loseUnseen();
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await expect.poll(() => trouble(page).innerText()).toContain('connection to the graphics card was lost');
  expect(await fact(page, 'after')).toBe(score); // what the reader had is still there
  expect(page.url()).toContain('iterations=2');

  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => trouble(page).innerText()).toBe('');
  await explain(page);
  expect(await page.locator('.result p.engine').innerText()).toContain(`Engine: ${engine}`);
  expect(await fact(page, 'after')).toBe(score);

  await loseUnseen();
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await page.getByRole('button', { name: 'Compute with WebAssembly' }).click();
  await explain(page);
  expect(await page.locator('.result p.engine').innerText()).toContain('Engine: wasm');
});

test('the list of engines has no barrier in either language, and is worked by keys', async () => {
  const { page } = await visit('#/tour/what-it-sees');
  await summary(page).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => panel(page).innerText()).not.toContain('looking for it');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.url()).toContain('backend=gpujs%3Awebgpu');
  await expectAccessibleInBoth(page);
});
