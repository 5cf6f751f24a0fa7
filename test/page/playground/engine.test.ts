import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Report } from '../../../packages/cli/src/report/report.ts';
import { download, explain, fact, printedCommand } from '../../support/lab-page.ts';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();
const graphics = ['gpujs:webgpu', 'gpujs:webgl2'] as const;

const panel = (page: Page) => page.locator('footer');
const summary = (page: Page) => page.locator('footer summary');
const trouble = (page: Page) => page.locator('.subject [role="status"]');

const engineWorker = (page: Page) => page.workers().find((each) => each.url().includes('/worker-'))!;

/** Opens the list of engines, and waits until the page has looked for graphics cards. */
async function openPanel(page: Page): Promise<void> {
  await summary(page).click();
  await expect.poll(() => panel(page).innerText()).not.toContain('looking for it');
}

/** Network evaluations a second, as the page tells them of an engine; undefined while it does not. */
async function speedOf(page: Page, name: string): Promise<number | undefined> {
  const text = await panel(page)
    .locator('label', { hasText: new RegExp(`^${name}`) })
    .innerText();
  const [, number] = text.match(/([\d,.]+) network evaluations a second/) ?? [];
  return number === undefined ? undefined : Number(number.replaceAll(',', ''));
}

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

  await panel(page).getByLabel('WebGL 2').check();
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
  await page.getByRole('button', { name: 'Measure the speed of each' }).click();
  await expect.poll(() => speedOf(page, 'WebGL 2'), { timeout: 40_000 }).toBeGreaterThan(0);
  await expect.poll(() => page.getByRole('button', { name: 'Measure the speed of each' }).count()).toBe(1);
  for (const name of ['WebAssembly', 'WebGPU']) expect(await speedOf(page, name)).toBeGreaterThan(0);
  await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
  await expect.poll(() => speedOf(page, 'WebGPU')).toBeUndefined(); // another network, another speed
  expect(complaints).toEqual([]);
});

test('a browser without a graphics card says so, and computes with WebAssembly when told', async () => {
  const { page, complaints } = await visit('#/lab?picture=4');
  await expect.poll(() => summary(page).innerText()).toMatch(/threads|one thread/);
  await engineWorker(page).evaluate(() => {
    GPU.prototype.requestAdapter = async () => null;
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, kind: string, ...more: never[]) {
      return kind === 'webgl2' ? null : getContext.apply(this, [kind, ...more] as never);
    } as never;
  });
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

/** How a driver takes a graphics card away, from inside of the page's worker. */
const losses = {
  'gpujs:webgpu': {
    watch: () => {
      const scope = globalThis as unknown as { lose: () => void };
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...args) {
        const device = await requestDevice.apply(this, args);
        scope.lose = () => device.destroy();
        return device;
      };
    },
  },
  'gpujs:webgl2': {
    watch: () => {
      const scope = globalThis as unknown as { lose: () => void };
      const { getContext } = OffscreenCanvas.prototype;
      OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: never[]) {
        const context = getContext.apply(this, args as never) as unknown as WebGL2RenderingContext;
        const extension = context.getExtension?.('WEBGL_lose_context');
        if (extension) scope.lose = () => extension.loseContext();
        return context;
      } as never;
    },
  },
};

/** Once nothing computes: what is under way would tell of it before the test does. */
async function loseCard(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.area').getAttribute('aria-busy')).toBe('false');
  await engineWorker(page).evaluate(() => (globalThis as unknown as { lose: () => void }).lose());
}

test.each(graphics)('when %s loses the graphics card, the page says so and goes on', async (engine) => {
  const { page } = await visit('#/lab?picture=3&iterations=2');
  await explain(page);
  const score = await fact(page, 'after');
  await engineWorker(page).evaluate(losses[engine].watch);
  await openPanel(page);
  await panel(page)
    .getByLabel(engine === 'gpujs:webgpu' ? 'WebGPU' : 'WebGL 2')
    .check();
  await explain(page);
  await loseCard(page);
  await page.getByRole('button', { name: 'Explain', exact: true }).click();
  await expect.poll(() => trouble(page).innerText()).toContain('connection to the graphics card was lost');
  expect(await fact(page, 'after')).toBe(score); // what the reader had is still there
  expect(page.url()).toContain('iterations=2');

  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => trouble(page).innerText()).toBe('');
  await explain(page);
  expect(await page.locator('.result p.engine').innerText()).toContain(`Engine: ${engine}`);
  expect(await fact(page, 'after')).toBe(score);

  await loseCard(page);
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
