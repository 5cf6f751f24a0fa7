import { expect, test } from 'vitest';
import {
  chooseEngine,
  engineWorker,
  hideCards,
  loseCard,
  measureButton,
  openPanel,
  panel,
  speedOf,
  trouble,
  watchCard,
} from '../../support/engine-panel.ts';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();
const engines = ['WebAssembly', 'WebGPU', 'WebGL 2'] as const;

test.each(['gpujs:webgl2', 'gpujs:webgpu'])(
  'the two cells go on when %s gives way to another engine',
  async (first) => {
    const { page, complaints } = await visit(`#/tour/gradient?cell-b=0.5&backend=${first}`);
    const cells = page.locator('section', { has: page.locator('.two-cells') });
    const cell = cells.getByRole('slider', { name: /^Cell a/ });
    const score = () => cells.locator('.meter output').first().textContent();
    await cell.fill('0.5');
    await expect.poll(score).toBe('0.75');
    await openPanel(page);
    for (const [i, name] of engines.entries()) {
      await chooseEngine(page, name);
      await cell.fill(String(i / 10));
      await expect.poll(score).toBe(String(0.5 + i / 20)); // 1 − (1 − a)(1 − 0.5)
      expect(await trouble(page).innerText()).toBe('');
    }
    expect(complaints).toEqual([]);
  },
);

test('a card that is lost while it is measured is told there, and the page goes on', async () => {
  const { page } = await visit('#/tour/what-it-sees');
  await watchCard(engineWorker(page), 'gpujs:webgpu');
  await openPanel(page);
  await measureButton(page).click();
  await expect.poll(() => panel(page).innerText()).toContain('Measuring: WebGPU');
  await expect
    .poll(async () => {
      await loseCard(engineWorker(page)).catch(() => undefined); // not opened yet
      return panel(page).innerText();
    })
    .toContain('Measuring: WebGL 2');
  await expect.poll(() => measureButton(page).count(), { timeout: 40_000 }).toBe(1);
  expect(await panel(page).innerText()).toContain('lost while its speed was measured');
  expect(await speedOf(page, 'WebGPU')).toBeUndefined();
  expect(await speedOf(page, 'WebGL 2')).toBeGreaterThan(0);
  expect(await trouble(page).innerText()).toBe('');
});

test('measuring ends when another network is opened, whose speed it would not tell', async () => {
  const { page, complaints } = await visit('#/tour/what-it-sees');
  await openPanel(page);
  await measureButton(page).click();
  await expect.poll(() => panel(page).innerText()).toContain('Measuring: WebGPU');
  await page.getByLabel('Network', { exact: true }).selectOption('efficientnet-lite0');
  await expect.poll(() => measureButton(page).isEnabled()).toBe(true);
  await expect.poll(() => page.locator('.bars tr').first().textContent()).toMatch(/[a-z]{3}/);
  for (const name of engines) expect(await speedOf(page, name)).toBeUndefined();
  expect(complaints).toEqual([]);
});

test('measuring waits for a run that is under way', async () => {
  const long = 'model=efficientnet-lite0&iterations=60&line-search=fixed';
  const { page, complaints } = await visit(`#/lab?${long}`);
  const run = page.locator('.run');
  await hideCards(engineWorker(page)); // WebAssembly alone is measured
  const step = async () => Number(/Step (\d+)/.exec(await run.locator('.progress').innerText())?.[1] ?? 0);
  await openPanel(page);
  await run.getByRole('button', { name: 'Explain' }).click();
  await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(0);
  await measureButton(page).click();
  await expect.poll(() => panel(page).innerText()).toContain('Measuring: WebAssembly');
  const begun = await step();
  await expect.poll(step, { timeout: 40_000 }).toBeGreaterThan(begun + 6); // it takes some three when it does not wait
  expect(await panel(page).innerText()).toContain('Measuring: WebAssembly');
  await run.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => measureButton(page).count(), { timeout: 40_000 }).toBe(1);
  expect(await speedOf(page, 'WebAssembly')).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test('cards are given back when what is set cannot be measured', async () => {
  const { page, complaints } = await visit('#/lab?picture=3&mask-size=200');
  const worker = engineWorker(page);
  await worker.evaluate(() => {
    const made: WebGL2RenderingContext[] = [];
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, kind: string, ...more: never[]) {
      const context = getContext.apply(this, [kind, ...more] as never);
      if (kind === 'webgl2') made.push(context as never);
      return context;
    } as never;
    Object.assign(globalThis, { openContexts: () => made.filter((context) => !context.isContextLost()).length });
  });
  const open = () => worker.evaluate(() => (globalThis as unknown as { openContexts(): number }).openContexts());
  const measure = async () => {
    await measureButton(page).click();
    await expect.poll(() => panel(page).innerText()).toContain('That did not work');
    await expect.poll(() => measureButton(page).count()).toBe(1);
  };
  await openPanel(page);
  await measure();
  const before = await open(); // GPU.js keeps one to ask what there is
  await measure();
  await expect.poll(open).toBe(before);
  expect(complaints).toEqual([]);
});
