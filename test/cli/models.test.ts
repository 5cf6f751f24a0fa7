import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { igos } from '../support/igos-cli.ts';

const cwd = tmpdir();

test('models lists what is bundled and where it lies', async () => {
  const { code, stdout, stderr } = await igos(['models'], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  for (const word of ['efficientnet-lite0', '(default)', 'digits', 'Apache-2.0', 'photos'])
    expect(stdout).toContain(word);
});

test('every bundled model is there, with its licence, and can be inspected', async () => {
  const { models, photos } = JSON.parse((await igos(['models', '--json'], { cwd })).stdout);
  expect(models.map(({ name }: { name: string }) => name)).toEqual(['efficientnet-lite0', 'digits']);
  expect(existsSync(join(photos, 'dog.jpg')) && existsSync(join(photos, 'CREDITS.md'))).toBe(true);
  for (const { name, path } of models) {
    expect(existsSync(join(path, 'model.json')), path).toBe(true);
    const { code, stderr } = await igos(['inspect', name], { cwd });
    expect([name, code, stderr]).toEqual([name, 0, '']);
  }
});
