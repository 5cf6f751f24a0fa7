import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses the button that explains, and waits for the result of this run. */
export async function explain(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Explain', exact: true });
  await expect.poll(() => button.isEnabled()).toBe(true);
  const serial = async () => Number(await page.locator('.result').getAttribute('data-serial'));
  const before = await serial();
  await button.click();
  await expect.poll(serial, { timeout: 40_000 }).toBe(before + 1);
}

/** A setting by its label, unfolded as a reader would do it. */
export async function setting(page: Page, label: string): Promise<Locator> {
  const control = page.locator('.settings').getByLabel(label, { exact: true });
  await unfold(control);
  return control;
}

/** Opens what a control is folded in. */
export async function unfold(control: Locator): Promise<void> {
  await control.waitFor({ state: 'attached' });
  const group = control.locator('xpath=ancestor::details[not(@open)]');
  if ((await group.count()) > 0) await group.locator('summary').click();
}

/** A number of the result, as it is shown. */
export function fact(page: Page, name: string): Promise<string | null> {
  return page.locator(`.result .facts [data-name="${name}"] dd`).textContent();
}

/** A file of the result, as the browser stores it. */
export async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.exports').getByRole('button', { name, exact: true }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(name);
  return readFile(await file.path());
}

/** The command line that the page prints for the result, as a shell would split it. */
export async function printedCommand(page: Page): Promise<string[]> {
  const line = await page.getByLabel('The same on the command line', { exact: true }).inputValue();
  const words = line.match(/(?:[^\s'\\]|\\.|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(.)/g, '$1$2'));
}

export function photoInput(page: Page) {
  return page.getByLabel('Your photo (PNG, JPEG, WebP or .npy)');
}

export function modelInput(page: Page) {
  return page.getByLabel('Your model (folder with model.json)');
}
