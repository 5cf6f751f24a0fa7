import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { explain, fact, setting } from '../../support/lab-page.ts';
import { expectAccessibleInBoth, servePlayground } from '../../support/playground.ts';

const visit = servePlayground();

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 360, height: 740 },
] as const;

const explainButton = (page: Page) => page.locator('.run button').first();
const groups = (page: Page) => page.locator('.settings details');
const status = (page: Page) => page.locator('.run [role="status"]');

/** Where it is in the window, in pixels from the top; undefined where something lies over its middle, or it is outside. */
async function seenAt(locator: Locator): Promise<number | undefined> {
  return locator.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return element.contains(hit) && top >= 0 && top + height <= innerHeight ? top : undefined;
  });
}

describe.each(sizes)('at $width × $height', ({ width, height }) => {
  test.each(['en', 'zh'])('photo, network, class and the button are seen as the lab opens (%s)', async (lang) => {
    const { page, complaints } = await visit(`#/lab?lang=${lang}`, { width, height });
    await expect.poll(() => explainButton(page).isEnabled()).toBe(true);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    const parts = {
      button: explainButton(page),
      photo: page.locator('.asked canvas'),
      network: page.locator('.subject select').first(),
      class: page.locator('.asked input'),
    };
    for (const [name, part] of Object.entries(parts)) expect(await seenAt(part), name).toBeDefined();
    expect(await page.getByRole('button', { name: lang === 'en' ? 'Explain' : '开始解释', exact: true }).count()).toBe(
      1,
    );
    expect(complaints).toEqual([]);
  });

  test('the button stays in sight while settings are scrolled through, and covers nothing that has the focus', async () => {
    const { page } = await visit('#/lab', { width, height });
    await expect.poll(() => explainButton(page).isEnabled()).toBe(true);
    for (const label of ['Method', 'Weight of L1', 'Iterations', 'Step decay', 'Equal pixels']) {
      const control = await setting(page, label);
      await control.focus();
      expect(await seenAt(control), label).toBeDefined();
      expect(await seenAt(explainButton(page)), label).toBeDefined();
    }
    await page.keyboard.press('Tab'); // as at the start: nothing is changed, so what follows the settings
    expect(await page.evaluate(() => document.activeElement?.closest('.settings'))).toBeNull();
  });

  test('the end of a run is told, with a way to the result; the page stays where it is until that is taken', async () => {
    const { page, complaints } = await visit('#/lab?iterations=2', { width, height });
    expect(await status(page).textContent()).toBe('');
    await explain(page);
    await expect
      .poll(() => status(page).textContent())
      .toBe(
        `The result is there. Class 7: score ${await fact(page, 'before')} before, ${await fact(page, 'after')} under the mask, ${await fact(page, 'area')} removed. See the result`,
      );
    expect(await seenAt(status(page))).toBeDefined();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.getByRole('button', { name: 'See the result' }).click();
    const heading = page.getByRole('heading', { name: 'Result', exact: true });
    await expect.poll(() => seenAt(heading)).toBeLessThan(height / 4);
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(new URL(page.url()).hash).toBe('#/lab?iterations=2');
    expect(complaints).toEqual([]);
  });
});

test('where there is room the run and its settings stay beside the result and all below it', async () => {
  const { page } = await visit('#/lab?iterations=2', { width: 1440, height: 900 });
  await explain(page);
  await page.locator('.result').scrollIntoViewIfNeeded();
  expect(await seenAt(page.locator('.result .three canvas').first())).toBeDefined();
  expect(await seenAt(groups(page).first().locator('summary'))).toBeDefined();
  await page.getByRole('heading', { name: 'Inside a layer' }).evaluate((element) => element.scrollIntoView());
  expect(await seenAt(explainButton(page))).toBeDefined();
});

test('settings of a link are told by the groups that they are folded in, and marked there', async () => {
  const { page, complaints } = await visit('#/lab?noise=0.2&seed=5&line-search=armijo-path&mask-size=7x14');
  const told = () => groups(page).locator('summary').allTextContents();
  expect(await told()).toEqual([
    'What is asked changed: seed 5',
    'The objective as at the start',
    'The mask and its direction changed: mask-size 7x14, noise 0.2',
    'The line search changed: line-search armijo-path',
    'Ending and measuring as at the start',
  ]);
  expect(await groups(page).evaluateAll((all) => all.map((group) => (group as HTMLDetailsElement).open))).toEqual([
    ...[false, false, false, false, false],
  ]);
  const marked = () =>
    page.locator('.control[data-changed] label').evaluateAll((labels) => labels.map((label) => label.textContent));
  expect(await marked()).toEqual(['Seed', 'Size of the mask', 'Noise on the path', 'Line search']);

  const search = await setting(page, 'Line search');
  expect(await search.locator('option:checked').textContent()).toBe('armijo-path: F along the path');
  await search.selectOption('');
  expect(await search.locator('option:checked').textContent()).toBe('automatic: armijo');
  await expect.poll(async () => (await told())[3]).toBe('The line search as at the start');
  await (await setting(page, 'Noise on the path')).fill('0.3');
  await expect.poll(async () => (await told())[2]).toContain('noise 0.3');
  const reset = page.getByRole('button', { name: 'As at the start' });
  await reset.click();
  await expect.poll(marked).toEqual([]);
  expect((await told()).every((text) => text.endsWith('as at the start'))).toBe(true);
  expect(await reset.isDisabled()).toBe(true);
  expect(complaints).toEqual([]);
});

test('every setting shows its name on the command line, and every choice of one says what it means', async () => {
  const { page } = await visit('#/lab?lang=zh');
  const controls = page.locator('.settings .control:has(code)');
  const names = await controls.locator('code').allTextContents();
  expect(names.length).toBe(29);
  expect(new Set(names).size).toBe(names.length);
  const options = await controls.locator('option').allTextContents();
  for (const option of options) expect(option).toMatch(/^([a-z-]+|自动)：.+/);
});

test('a file that the link cannot hold opens the group that asks for it', async () => {
  const { page } = await visit('#/lab?baseline=own');
  await expect
    .poll(() =>
      groups(page)
        .first()
        .evaluate((group) => (group as HTMLDetailsElement).open),
    )
    .toBe(true);
  expect(await page.locator('.settings .wrong').isVisible()).toBe(true);
  expect(
    await groups(page)
      .nth(1)
      .evaluate((group) => (group as HTMLDetailsElement).open),
  ).toBe(false);
});

test('a class may be typed in each of the ways that the lab shows', async () => {
  const { page } = await visit('#/lab?model=efficientnet-lite0&picture=goldfish');
  const target = page.getByLabel('Class to explain');
  await expect.poll(() => target.getAttribute('placeholder')).toBe('goldfish');
  const examples = await page.locator('.asked small code').allTextContents();
  expect(examples).toEqual(['3', 'goldfish', 'index:3-5', '3:1,5:-0.5']);
  for (const example of examples) {
    await target.fill(example);
    await target.press('Enter');
    await expect.poll(() => explainButton(page).isEnabled()).toBe(true);
    expect(await page.locator('.subject [role="status"]').textContent()).toBe('');
  }
});

test('keys go from what is explained to the run, the settings, and what came of it', async () => {
  const { page } = await visit('#/lab', { width: 360, height: 740 });
  await expect.poll(() => explainButton(page).isEnabled()).toBe(true);
  await page.locator('.subject select').first().focus();
  const passed: string[] = [];
  for (let presses = 0; presses < 12; presses++) {
    passed.push(await page.evaluate(() => document.activeElement?.closest('.figure')?.className ?? ''));
    await page.keyboard.press('Tab');
  }
  const order = passed.filter((name, i) => name !== passed[i - 1]);
  expect(order).toEqual(['figure drop', 'figure run', 'figure settings', 'figure plan', 'figure layers']);
});

test('with all groups open and a changed setting in each the lab has no barrier', async () => {
  const link = '#/lab?seed=5&l1=0.2&noise=0.2&step=100&tolerance=0.1&iterations=2';
  for (const size of [sizes[0], sizes[2]]) {
    const { page } = await visit(link, size);
    for (const summary of await groups(page).locator('summary').all()) await summary.click();
    await page.getByText('Your own photo or model').click();
    await explain(page);
    await expectAccessibleInBoth(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
  }
});
