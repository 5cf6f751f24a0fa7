import type { Page, Worker } from 'playwright-core';
import { expect } from 'vitest';

export const graphics = ['gpujs:webgpu', 'gpujs:webgl2'] as const;

export const panel = (page: Page) => page.locator('footer');
export const summary = (page: Page) => page.locator('footer summary');
export const trouble = (page: Page) => page.locator('.subject [role="status"]');
export const measureButton = (page: Page) => page.getByRole('button', { name: 'Measure the speed of each' });

export const engineWorker = (page: Page) => page.workers().find((each) => each.url().includes('/worker-'))!;

/** Opens the list of engines, and waits until the page has looked for graphics cards. */
export async function openPanel(page: Page): Promise<void> {
  await summary(page).click();
  await expect.poll(() => panel(page).innerText()).not.toContain('looking for it');
}

/** Has another engine compute, by the beginning of its name. */
export async function chooseEngine(page: Page, name: string): Promise<void> {
  await panel(page)
    .getByRole('radio', { name: new RegExp(`^${name}`) })
    .check();
}

/** Network evaluations a second, as the page tells them of an engine; undefined while it does not. */
export async function speedOf(page: Page, name: string): Promise<number | undefined> {
  const text = await panel(page)
    .locator('label', { hasText: new RegExp(`^${name}`) })
    .innerText();
  const [, number] = text.match(/([\d,.]+) network evaluations a second/) ?? [];
  return number === undefined ? undefined : Number(number.replaceAll(',', ''));
}

/** Leaves the page's worker without any graphics card. */
export async function hideCards(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    GPU.prototype.requestAdapter = async () => null;
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, kind: string, ...more: never[]) {
      return kind === 'webgl2' ? null : getContext.apply(this, [kind, ...more] as never);
    } as never;
  });
}

interface Losing {
  lose(): void;
}

/** Has the page's worker keep what takes away the last graphics card that it opens from now on. */
export async function watchCard(worker: Worker, engine: (typeof graphics)[number]): Promise<void> {
  await worker.evaluate(
    {
      'gpujs:webgpu': () => {
        const scope = globalThis as unknown as Losing;
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (...args) {
          const device = await requestDevice.apply(this, args);
          scope.lose = () => device.destroy();
          return device;
        };
      },
      'gpujs:webgl2': () => {
        const scope = globalThis as unknown as Losing;
        const { getContext } = OffscreenCanvas.prototype;
        OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: never[]) {
          const context = getContext.apply(this, args as never) as unknown as WebGL2RenderingContext;
          const extension = context.getExtension?.('WEBGL_lose_context');
          if (extension) scope.lose = () => extension.loseContext();
          return context;
        } as never;
      },
    }[engine],
  );
}

/** Takes the card away, as a driver does. */
export async function loseCard(worker: Worker): Promise<void> {
  await worker.evaluate(() => (globalThis as unknown as Losing).lose());
}
