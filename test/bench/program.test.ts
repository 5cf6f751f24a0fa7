import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../bench/options.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the benchmark as `npm run bench` does. */
async function bench(...args: string[]) {
  const command = ['--import', 'tsx', '--conditions=@igos/source', 'bench/main.ts', ...args];
  return promisify(execFile)(process.execPath, command, {
    cwd: root,
    env: { ...process.env, PYTHON: '/nowhere' },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('prints rows as data, and says why one has no number', async () => {
  const { code, stdout } = await bench('--only', 'size,igos-trained16', '--json');
  const { machine, versions, rows } = JSON.parse(stdout);
  expect(code).toBe(1);
  expect(machine.cores).toBeGreaterThan(0);
  expect(versions).toMatchObject({ igos: '0.1.0', tfjs: '4.22.0' });
  const [trained, size] = rows;
  expect(trained).toMatchObject({ id: 'igos-trained16', outcome: { error: expect.stringContaining('/nowhere') } });
  expect(size).toMatchObject({ id: 'size', unit: 'kibibytes', rounds: 9, bar: { kind: 'at most', required: 60 } });
  expect(size.outcome.value.best).toBeGreaterThan(20);
});

test('prints a line a row for people', async () => {
  const { code, stdout } = await bench('--only', 'size');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^size: [\d.]+ KiB \(median [\d.]+ KiB\); at most 60\.0 KiB, wanted 40\.0 KiB: \w+\n$/);
});

test('names its rows where one is unknown, and in its help', async () => {
  const unknown = await bench('--only', 'speed');
  expect([unknown.code, unknown.stdout]).toEqual([1, '']);
  expect(unknown.stderr).toMatch(/^bench: --only speed: there is no such row; rows are conv-forward, /);
  expect((await bench('--help')).stdout).toMatch(/--chromium .*\n[\s\S]*Rows: conv-forward, .*chromium-conv-forward/);
});

describe('options', () => {
  test('have defaults', () => {
    expect(parseOptions([])).toMatchObject({ only: [], rounds: 9, quick: false, wait: 0, write: false });
    expect(parseOptions(['--quick']).rounds).toBe(3);
    expect(parseOptions(['--only', 'a,b', '--only', 'c', '--rounds', '20'])).toMatchObject({
      only: ['a', 'b', 'c'],
      rounds: 20,
    });
  });

  test.each([
    [['--rounds', '0'], '--rounds needs a whole number'],
    [['--rounds', 'many'], '--rounds needs a whole number'],
    [['--quick', '--write'], '--write needs at least 9 rounds'],
    [['--wait', 'long'], '--wait needs seconds'],
    [['--fast'], '--fast'],
  ])('%j is refused', (args, says) => {
    expect(() => parseOptions(args)).toThrow(says);
  });
});
