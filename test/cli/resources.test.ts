import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { goldenModelFolder, igos, photos } from '../support/igos-cli.ts';

const cwd = mkdtempSync(join(tmpdir(), 'igos-resources-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const dog = join(photos, 'dog.jpg');
const loaded = (file: string) => ({ NODE_OPTIONS: `--require ${join(import.meta.dirname, '../support', file)}` });

describe('the memory that is told before a run', () => {
  test.each([1, 2])('is what a run with %i threads takes, to a tenth', async (threads) => {
    const args = ['explain', dog, '--iterations', '1', '--threads', String(threads), '--out', `memory-${threads}`];
    const { stderr, code } = await igos(args, { cwd, env: loaded('memory-spy.cjs') });
    expect(code).toBe(0);
    const told = Number(/engine memory: about (\d+) MB/.exec(stderr)?.[1]) * 1e6;
    const taken = Number(/most memory: (\d+)/.exec(stderr)?.[1]);
    expect(Math.abs(told / taken - 1)).toBeLessThan(0.1);
  });

  test('bounds the threads: the limit is kept where it is told', async () => {
    const args = ['explain', dog, '--iterations', '1', '--max-memory', '60MB', '--out', 'bounded'];
    const { stderr } = await igos(args, { cwd, env: loaded('memory-spy.cjs') });
    expect(stderr).toMatch(/engine memory: about \d\d MB \(wasm-fma, 1 thread\)/);
    expect(Number(/most memory: (\d+)/.exec(stderr)?.[1])).toBeLessThan(1.1 * 60e6);
  });

  test('is at least what lies between the layers, on a backend that takes several images', async () => {
    const args = ['explain', dog, '--model', goldenModelFolder, '--backend', 'gpujs:cpu', '--iterations', '1'];
    const { stderr, code } = await igos([...args, '--batch', '7', '--out', 'images'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('engine memory: at least 1 MB (gpujs:cpu, 7 images at a time)');
  });
});

test('where no thread can be started one does the work, and the report says so', async () => {
  const run = async (out: string, env?: Record<string, string>) => {
    const args = ['explain', dog, '--iterations', '1', '--ig-steps', '5', '--threads', '3', '--out', out];
    const { code, stderr } = await igos(args, { cwd, ...(env && { env }) });
    expect(code).toBe(0);
    const read = (name: string) => readFileSync(join(cwd, out, name));
    return { stderr, mask: read('mask.npy'), report: JSON.parse(read('report.json').toString()) };
  };
  const alone = await run('alone', loaded('no-threads.cjs'));
  const warning = 'One thread did all the work: no thread could be started: Resource temporarily unavailable.';
  expect(alone.stderr).toContain(`warning: ${warning}`);
  expect(alone.report.warnings).toContain(warning);
  expect(alone.report.options.threads).toBe(1);
  const several = await run('several');
  expect(several.report.options.threads).toBe(3);
  expect(several.report.warnings).not.toContain(warning);
  expect(several.mask.equals(alone.mask)).toBe(true);
});

test('--batch is told to have no use where images are taken one by one', async () => {
  const args = [
    'explain',
    dog,
    '--model',
    goldenModelFolder,
    '--iterations',
    '1',
    '--batch',
    '3',
    '--out',
    'one-by-one',
  ];
  const { stderr, code } = await igos(args, { cwd });
  expect(code).toBe(0);
  expect(stderr).toMatch(/warning: The backend wasm(-fma)? takes images one by one and no notice of --batch\./);
});
