import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');
const scratch = join(import.meta.dirname, '.snippets');

const documents = ['', 'docs', 'models', ...listFolders('packages')]
  .flatMap(listMarkdown)
  .filter((document) => codeBlocks(document, 'ts').length > 0);

beforeAll(() => mkdirSync(scratch, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** Every TypeScript block of the documentation runs, and prints what its comments say. */
describe.each(documents)('%s', (document) => {
  const snippets = codeBlocks(document, 'ts');
  test.each(snippets)('snippet at line $line', async ({ line, code }) => {
    const printed: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...values) => printed.push(format(...values)));
    const file = join(scratch, `${document.replaceAll(/[/.]/g, '-')}-${line}.ts`);
    writeFileSync(file, code);
    await import(file);
    expect(printed.filter((line) => promisedOutput(code).includes(line))).toEqual(promisedOutput(code));
  });
});

test('the documentation has snippets to run', () => {
  const count = documents.flatMap((document) => codeBlocks(document, 'ts')).length;
  expect(count).toBeGreaterThanOrEqual(6);
});

interface Snippet {
  readonly line: number;
  readonly code: string;
}

function codeBlocks(document: string, language: string): Snippet[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    code: match[1] ?? '',
  }));
}

/** What the comments after `console.log(…);` promise, in order; a call without one may print anything. */
function promisedOutput(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1] ?? '');
}

function listFolders(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}

function listMarkdown(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
