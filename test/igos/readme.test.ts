import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}/packages/igos/README.md`, 'utf8');
const snippets = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

/** Inside the test workspace, so that the packages are found as a reader's project finds them. */
const scratch = `${root}/test/node_modules/.readme-igos`;
mkdirSync(scratch, { recursive: true });
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the readme has snippets', () => expect(snippets.length).toBe(3));

test.each([...snippets.entries()])('snippet %i runs', async (i, code) => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const file = `${scratch}/snippet-${i}.ts`;
  writeFileSync(file, code);
  await import(/* @vite-ignore */ pathToFileURL(file).href);
  expect(printed).toHaveBeenCalled();
  for (const number of printed.mock.calls.flat().filter((value) => typeof value === 'number')) {
    expect(number).not.toBeNaN();
  }
  printed.mockRestore();
});
