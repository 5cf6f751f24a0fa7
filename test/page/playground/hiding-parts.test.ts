import { expect, test } from 'vitest';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

test('the score follows what is painted, by pointer and by keys, and the link holds it', async () => {
  const { page, complaints } = await visit('#/tour/hiding-parts', { height: 1100 });
  const score = page.locator('.meter output').first();
  await expect.poll(() => score.textContent()).toBe('100.0%');

  const picture = (await page.locator('.painter').boundingBox())!;
  const cell = (row: number, column: number) =>
    [picture.x + (picture.width * (column + 0.5)) / 14, picture.y + (picture.height * (row + 0.5)) / 14] as const;
  await page.mouse.move(...cell(3, 2));
  await page.mouse.down();
  for (let row = 3; row < 13; row++) {
    await page.mouse.move(...cell(row, row % 2 === 1 ? 11 : 2), { steps: 12 });
    await page.mouse.move(...cell(row + 1, row % 2 === 1 ? 11 : 2));
  }
  await page.mouse.up();
  await expect.poll(async () => Number.parseFloat((await score.textContent()) ?? '')).toBeLessThan(50);

  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect.poll(() => score.textContent()).toBe('100.0%');
  await page.locator('.painter button').first().focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'Space']) await page.keyboard.press(key);
  const pressed = page.locator('.painter button[aria-pressed="true"]');
  expect(await pressed.getAttribute('aria-label')).toBe('row 2, column 2, hidden');

  const again = await visit(new URL(page.url()).hash);
  expect(await again.page.locator('.painter button[aria-pressed="true"]').getAttribute('aria-label')).toBe(
    'row 2, column 2, hidden',
  );
  expect(complaints).toEqual([]);
});

test('no cell of the 7 is missed alone, and nine of them together are, as the text says', async () => {
  const { page } = await visit('#/tour/hiding-parts');
  const [score, hidden] = [page.locator('.meter output').first(), page.locator('.meter output').last()];
  await expect.poll(() => score.textContent()).toBe('100.0%');
  const cells = page.locator('.painter button');
  const cell = ([row, column]: readonly [number, number]) => cells.nth((row - 1) * 14 + column - 1);
  const value = () =>
    page
      .locator('meter')
      .first()
      .evaluate((meter: HTMLMeterElement) => meter.value);
  const whole = await value();
  const together = [
    ...[
      [5, 5],
      [5, 6],
      [7, 10],
      [8, 9],
      [8, 10],
    ],
    ...[
      [9, 8],
      [9, 9],
      [9, 10],
      [10, 8],
    ],
  ] as const;
  for (const one of together) {
    await cell(one).press('Space');
    await expect.poll(value).not.toBe(whole); // it was asked about
    expect(await score.textContent()).toBe('100.0%');
    await cell(one).press('Space');
    await expect.poll(value).toBe(whole);
  }
  for (const one of together) await cell(one).press('Space');
  await expect.poll(async () => Number.parseFloat((await score.textContent()) ?? '')).toBeLessThan(50);
  expect(await hidden.textContent()).toBe('4.6%');
});

test('the question can be answered, and the chapter has no barrier in either language', async () => {
  const { page } = await visit('#/tour/hiding-parts');
  await page.getByLabel('Nothing yet').check();
  await expect.poll(() => page.locator('.question [role="status"]').textContent()).toMatch(/^Right\./);
  await expectAccessibleInBoth(page);
});
