import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Report } from '../../../packages/cli/src/report/report.ts';
import { download, explain, fact, setting } from '../../support/lab-page.ts';
import { servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

const slider = (page: Page) => page.getByRole('slider', { name: /^Most salient pixels/ });
const captions = (page: Page) => page.locator('.area figcaption').allTextContents();
const percent = (share = Number.NaN) => `${(100 * share).toFixed(1)}%`;

async function metricsOf(page: Page): Promise<NonNullable<Report['metrics']>> {
  const report: Report = JSON.parse((await download(page, 'report.json')).toString());
  return report.metrics!;
}

/** The captions that belong to a step of the curves. */
function expected({ deletion, insertion }: NonNullable<Report['metrics']>, step: number): string[] {
  const share = `${2 * step}%`;
  return [
    `Only the most salient ${share} of the picture: score ${percent(insertion.curve[step])}`,
    `The picture without its most salient ${share}: score ${percent(deletion.curve[step])}`,
  ];
}

function greys(page: Page, at: number): Promise<number[]> {
  return page
    .locator('.area canvas')
    .nth(at)
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i] ?? 0);
    });
}

test('the slider of the area goes along the curves, by keyboard and by link', async () => {
  const { page, complaints } = await visit('#/lab?picture=3&mask-size=7x14&iterations=4&replaced=7');
  await explain(page);
  const metrics = await metricsOf(page);
  await expect.poll(() => captions(page)).toEqual(expected(metrics, 7));
  expect(await slider(page).getAttribute('aria-valuetext')).toBe('14%');

  await slider(page).focus();
  for (let step = 8; step <= 11; step++) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => captions(page)).toEqual(expected(metrics, step));
    expect(new URL(page.url()).hash).toContain(`replaced=${step}`);
  }
  const cursor = async () => Number(await page.locator('.result .cursor').getAttribute('x1'));
  const at11 = await cursor();
  await page.keyboard.press('Home');
  await expect.poll(() => captions(page)).toEqual(expected(metrics, 0));
  expect(await fact(page, 'before')).toBe(percent(metrics.deletion.curve[0]));
  const at0 = await cursor();
  await page.keyboard.press('End');
  await expect.poll(() => captions(page)).toEqual(expected(metrics, 50));
  expect((at11 - at0) / ((await cursor()) - at0)).toBeCloseTo(11 / 50, 6);
  expect(complaints).toEqual([]);
});

test('its pictures have the pixels of the ranking, and stay those of the run when another picture is opened', async () => {
  const { page } = await visit('#/lab?picture=8&method=integrated-gradients&replaced=5&baseline=mean');
  await explain(page);
  const metrics = await metricsOf(page);
  await expect.poll(() => captions(page)).toEqual(expected(metrics, 5));
  const saliency = new Float32Array(Uint8Array.from((await download(page, 'saliency.npy')).subarray(128)).buffer);
  const input = new Float32Array(Uint8Array.from((await download(page, 'input.npy')).subarray(128)).buffer);
  const ranked = Array.from(saliency).sort((one, other) => other - one);
  const last = ranked[Math.floor((784 * 5) / 50 + 0.5) - 1]!; // of the least salient pixel among them
  const [kept, removed] = [await greys(page, 0), await greys(page, 1)];
  let salient = 0;
  for (const [i, value] of saliency.entries()) {
    const own = Math.round(255 * input[i]!);
    if (value > last) expect([kept[i], removed[i] === own], `pixel ${i}`).toEqual([own, own === 128]);
    if (value < last) expect([removed[i], kept[i] === own], `pixel ${i}`).toEqual([own, own === 128]);
    if (value > last) salient++;
  }
  expect(salient).toBeGreaterThan(10);

  await page.getByLabel('Picture', { exact: true }).selectOption('1');
  await expect.poll(() => page.getByRole('button', { name: 'Explain', exact: true }).isEnabled()).toBe(true);
  await slider(page).fill('9');
  await expect.poll(() => captions(page)).toEqual(expected(metrics, 9));
});

test('of a logit it tells the probability, too; and another run takes its place', async () => {
  const { page, complaints } = await visit('#/lab?picture=5&iterations=2&score=logit&replaced=50');
  await explain(page);
  const { deletion, insertion } = await metricsOf(page);
  const told = async () =>
    (await captions(page)).map((text) => /score (-?[\d.]+) \(probability ([\d.]+%)\)/.exec(text));
  await expect
    .poll(async () => (await told()).map((each) => each?.[2]))
    .toEqual([percent(insertion.curve[50]), percent(deletion.curve[50])]);
  expect((await told()).map((each) => each?.[1])).toEqual([await fact(page, 'before'), await fact(page, 'baseline')]);
  await (await setting(page, 'Score')).selectOption('probability');
  await (await setting(page, 'Method')).selectOption('random');
  await slider(page).fill('20');
  await explain(page);
  await expect.poll(async () => captions(page)).toEqual(expected(await metricsOf(page), 20));
  expect(complaints).toEqual([]);
});
