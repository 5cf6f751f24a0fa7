import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchReport } from '../../packages/cli/src/commands/bench.ts';
import { goldenModelFolder, igos } from '../support/igos-cli.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'igos-bench-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const bench = (...flags: string[]) => igos(['bench', '--rounds', '3', ...flags], { cwd });

async function report(...flags: string[]): Promise<BenchReport> {
  const { code, stdout, stderr } = await bench('--json', ...flags);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

describe('the numbers', () => {
  test('fit each other and the model', async () => {
    const { model, input, forward, gradient, iteration, explanation, memory, ...rest } = await report(
      ...['--model', goldenModelFolder, '--threads', '2'],
    );
    expect(model).toEqual({ name: 'trained16', source: goldenModelFolder, format: 'graph-model' });
    expect(input).toEqual([16, 16, 1]);
    expect(rest).toMatchObject({ rounds: 3, threads: 2, warnings: [], backend: expect.stringMatching(/^wasm/) });
    for (const times of [forward, gradient, iteration]) {
      expect(times.best).toBeGreaterThan(0);
      expect(times.median).toBeGreaterThanOrEqual(times.best);
    }
    // 97,024 multiply-adds forward, as inspect counts them; backward reaches every layer but needs no filters' slopes.
    expect(forward.gflops * forward.best * 1e9).toBeCloseTo(2 * 97_024, 3);
    const work = gradient.gflops * gradient.best * 1e9;
    expect(work).toBeGreaterThan(2 * 1.8 * 97_024);
    expect(work).toBeLessThan(2 * 2.2 * 97_024);
    // 15 iterations with one trial in it, three more trials each, and two curves of 51 pictures
    expect(explanation).toBeCloseTo(15 * iteration.best + (45 + 102) * forward.best, 12);
    expect(memory.weights).toBe(15_280);
    expect(memory.engine).toBeGreaterThan(memory.weights);
    expect(memory.resident).toBeGreaterThan(memory.engine! + memory.weights);
  });

  test('say where they were measured', async () => {
    const { backend, machine, versions } = await report('--model', 'digits', '--backend', 'reference');
    expect(backend).toBe('reference');
    expect(machine.cores).toBeGreaterThan(0);
    expect(versions.node).toBe(process.versions.node);
    expect(versions.igos).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('are told to people, too, with their units', async () => {
    const { code, stdout, stderr } = await bench('--model', 'digits');
    expect([code, stderr]).toEqual([0, '']);
    for (const line of [
      /^model {8}Digits, layers-model, input 28×28×1$/m,
      /^backend {6}wasm.*, \d+ threads?; igos/m,
      /^forward {6}[\d.]+ m?s \(median [\d.]+ m?s\), [\d.]+ GFLOP\/s$/m,
      /^gradient {5}[\d.]+ m?s .* forward and backward$/m,
      /^iteration {4}[\d.]+ m?s .*, 20 gradients and a trial$/m,
      /^explanation {2}about [\d.]+ m?s: 15 iterations/m,
      /^memory {7}engine [\d.]+ MB, weight files 0\.0561 MB, whole process [\d.]+ MB$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
  });
});

test('--threads is reported, and warned about where the backend takes no notice', async () => {
  const { stdout, stderr } = await bench('--model', 'digits', '--backend', 'reference', '--threads', '2', '--json');
  const { threads, warnings } = JSON.parse(stdout);
  expect(threads).toBeNull();
  expect(warnings).toEqual(['The backend reference takes no notice of --threads.']);
  expect(stderr).toBe(`warning: ${warnings[0]}\n`);
});

describe('one clear error', () => {
  test.each([
    { name: 'a backend that is none', flags: ['--backend', 'wasn'], code: 2, says: 'Did you mean wasm?' },
    { name: 'no rounds', flags: ['--rounds', '0'], code: 2, says: '--rounds' },
    { name: 'half a thread', flags: ['--threads', '0.5'], code: 2, says: '--threads' },
    { name: 'a picture', flags: ['photo.png'], code: 2, says: 'too many arguments' },
    { name: 'a model that is none', flags: ['--model', 'digit'], code: 3, says: 'did you mean digits?' },
  ])('$name', async ({ flags, code, says }) => {
    const result = await bench(...flags);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toMatch(/^igos: /);
    expect(result.stderr).toContain(says);
  });

  test('a model whose picture may have any size, until a card says one', async () => {
    const folder = join(cwd, 'open');
    cpSync(goldenModelFolder, folder, { recursive: true });
    const file = join(folder, 'model.json');
    const model = readFileSync(file, 'utf8');
    const open = JSON.parse(model);
    const port = Object.values(open.signature.inputs)[0] as { tensorShape: { dim: { size: string }[] } };
    for (const axis of [1, 2]) port.tensorShape.dim[axis]!.size = '-1';
    open.userDefinedMetadata = undefined;
    writeFileSync(file, JSON.stringify(open));
    const { code, stderr } = await bench('--model', folder);
    expect(code).toBe(3);
    expect(stderr).toContain('?×?×1 has no fixed size');
    expect(stderr).toContain('igos.json');

    const preprocessing = { inputShape: [16, 16, 1], channelOrder: 'grey', mean: [0], std: [255] };
    writeFileSync(join(folder, 'igos.json'), JSON.stringify({ preprocessing }));
    expect((await report('--model', folder)).input).toEqual([16, 16, 1]);
  });
});
