import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

test('stepping goes line by line through an iteration, and back shows the masks before', async () => {
  const { page, complaints } = await visit('#/tour/whole-loop');
  await expect.poll(() => litLine(page)).toBe(1);
  await expect.poll(() => fact(page, 'Network evaluations so far')).toBe('0');
  const step = page.getByRole('button', { name: 'Step', exact: true });
  const back = page.getByRole('button', { name: 'Back', exact: true });
  const lines: number[] = [];
  const masks: string[] = [];
  for (let i = 0; i < 4; i++) {
    await step.click();
    await expect.poll(() => page.locator('.narration').textContent()).toMatch(/^Iteration 1/);
    lines.push(await litLine(page));
    masks.push(await maskPixels(page));
  }
  expect(lines).toEqual([3, 4, 5, 7]); // the first trial of the seven passes
  expect(masks[1]).toBe(masks[0]); // a direction moves nothing yet
  expect(masks[2]).not.toBe(masks[1]);
  expect(masks[3]).toBe(masks[2]); // what passed is the new mask
  expect(await fact(page, 'Network evaluations of this iteration')).toBe('41'); // 20 forward, 20 backward, 1 trial

  for (const mask of [masks[2], masks[1], masks[0]]) {
    await back.click();
    await expect.poll(() => maskPixels(page)).toBe(mask);
  }
  await back.click();
  expect(await litLine(page)).toBe(1);
  await back.click(); // there is nothing before
  expect(await litLine(page)).toBe(1);
  expect(complaints).toEqual([]);
});

test('a mask of rows and columns is drawn as such', async () => {
  const { page, complaints } = await visit('#/tour/whole-loop?mask-size=7x14&iterations=1&iteration=1');
  await expect.poll(() => page.locator('.narration').textContent()).toMatch(/^Iteration 1 is done/);
  const mask = page.locator('.whole-loop canvas').first();
  expect(await mask.evaluate(({ width, height }: HTMLCanvasElement) => [height, width])).toEqual([7, 14]);
  expect(complaints).toEqual([]);
});

test('the last objective is that of the result, and score and regularizers add up to it', async () => {
  const { page } = await visit('#/tour/whole-loop?picture=4&iterations=4&iteration=4');
  await expect.poll(() => page.locator('.narration').textContent()).toMatch(/^Iteration 4 is done/);
  const objective = Number(await fact(page, 'Objective F'));
  const told = /F = (\d+\.\d+)/.exec((await page.locator('.narration').textContent()) ?? '')?.[1];
  expect(Number(told)).toBe(objective);
  const curves = await curveValues(page);
  expect(curves.size).toBe(4);
  for (const values of curves.values()) expect(values.length).toBe(5); // the start and four iterations
  const last = (name: string) => curves.get(name)!.at(-1)!;
  expect(last('Score') + last('λ₁ · L1') + last('λ₂ · TV')).toBeCloseTo(objective, 3);
  expect(last('Objective F')).toBeCloseTo(objective, 3);
  const objectives = curves.get('Objective F')!;
  expect([...objectives].sort((one, other) => other - one)).toEqual(objectives); // it never rises

  const evaluations = Number(await fact(page, 'Network evaluations so far'));
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  expect(await litLine(page)).toBe(8);
  expect(await page.locator('.narration').textContent()).toBe('The end: all iterations are done.');
  expect(Number(await fact(page, 'Objective F'))).toBe(objective);
  // The picture, the baseline and the start mask besides, and the direction at the end, which orders equal cells.
  expect(Number(await fact(page, 'Network evaluations so far'))).toBe(evaluations + 3 + 40);
});

test('it plays to the end by itself, pauses, and the keys work inside of the player', async () => {
  const { page } = await visit('#/tour/whole-loop?iterations=2');
  await page.getByRole('button', { name: 'Play' }).focus();
  await page.keyboard.press('p');
  await expect.poll(() => litLine(page)).toBeGreaterThan(1);
  await page.keyboard.press('p');
  const paused = await page.locator('.narration').textContent();
  await page.waitForTimeout(1500);
  expect(await page.locator('.narration').textContent()).toBe(paused);
  await page.keyboard.press('Home');
  const lines: number[] = [];
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'Home']) {
    await page.keyboard.press(key);
    lines.push(await litLine(page));
  }
  expect(lines).toEqual([3, 4, 3, 7, 1]);
  await page.keyboard.press('Space'); // on the button that has the focus: Play
  await expect.poll(() => litLine(page)).toBe(8);
  await expect.poll(() => page.getByRole('button', { name: 'Play' }).count()).toBe(1);
  await page.keyboard.press('p'); // from the start again
  await expect.poll(() => page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
  await expect.poll(() => litLine(page)).toBeLessThan(8);
});

test('the link holds where the reader is, also in a failed search, whose trials are shown', async () => {
  const { page } = await visit('#/tour/whole-loop?step=20&min-step=0.01&iteration=1&moment=4');
  await expect
    .poll(() => page.locator('.narration').textContent())
    .toMatch(/^Iteration 1, trial 3: step 0.8 .*Rejected/);
  expect(await litLine(page)).toBe(6);
  const tried = await maskPixels(page);
  for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Step', exact: true }).click();
  expect(await page.locator('.narration').textContent()).toMatch(/no trial passed/);
  expect(await maskPixels(page)).not.toBe(tried);
  expect(new Set(await maskPixels(page, true))).toEqual(new Set([255])); // everything is kept
  expect(new URL(page.url()).hash).toBe('#/tour/whole-loop?step=20&min-step=0.01&iteration=1');
});

test('with less motion it plays whole iterations', async () => {
  const { page } = await visit('#/tour/whole-loop?iterations=2');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const seen: (string | null)[] = [];
    Object.assign(globalThis, { seen });
    const told = document.querySelector('.narration')!;
    new MutationObserver(() => seen.push(told.textContent)).observe(told, { subtree: true, characterData: true });
  });
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => litLine(page)).toBe(8);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  expect(seen.map((text) => text.slice(0, 19))).toEqual([
    'Iteration 1 is done',
    'Iteration 2 is done',
    'The end: all iterat',
  ]);
});

test('the question is answered, and the chapter has no barrier in either language', async () => {
  const { page, complaints } = await visit('#/tour/whole-loop?iteration=3');
  const said = page.locator('.question [role="status"]');
  await page.getByLabel(/^Line 6, the search/).check();
  await expect.poll(() => said.textContent()).toMatch(/^Not quite\./);
  await page.getByLabel('Line 3, the gradient along the path.').check();
  await expect.poll(() => said.textContent()).toMatch(/^Right\./);
  await expect.poll(() => page.locator('.narration').textContent()).toMatch(/^Iteration 3 is done/);
  await expectAccessibleInBoth(page);
  await expect.poll(() => page.locator('.narration').textContent()).toMatch(/^第 3 次迭代完成/);
  expect(complaints).toEqual([]);
});

async function litLine(page: Page): Promise<number> {
  return page.locator('.algorithm').evaluate((list) => {
    return Array.from(list.children).findIndex((line) => line.getAttribute('aria-current') === 'step') + 1;
  });
}

async function fact(page: Page, name: string): Promise<string | null> {
  return page.locator('.facts div').filter({ hasText: name }).locator('dd').textContent();
}

/** The greys of the mask as it is drawn. */
async function maskPixels(page: Page): Promise<string>;
async function maskPixels(page: Page, asNumbers: true): Promise<number[]>;
async function maskPixels(page: Page, asNumbers?: true): Promise<string | number[]> {
  const canvas = page.locator('.three canvas').first();
  const values = await canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    return Array.from(element.getContext('2d')!.getImageData(0, 0, width, height).data);
  });
  return asNumbers ? values : values.join();
}

/** What the table behind the chart tells, by the name of the curve. */
async function curveValues(page: Page): Promise<ReadonlyMap<string, number[]>> {
  const rows = await page.locator('.whole-loop .chart .unseen tr').allTextContents();
  const curves = new Map<string, number[]>();
  for (const row of rows) {
    const [, name = '', value = ''] = /^(.*), iteration \d+\s*(-?[\d.]+)$/.exec(row.trim()) ?? [];
    curves.set(name, [...(curves.get(name) ?? []), Number(value)]);
  }
  return curves;
}
