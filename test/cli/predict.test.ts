import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeModel, writePhoto } from '../support/bad-files.ts';
import { fixtureModelFolder, goldenModelFolder, igos } from '../support/igos-cli.ts';
import { goldenFixtures, largestDifference, readNpy } from '../support/igos-golden.ts';

interface Prediction {
  readonly outputs: Record<string, { shape: number[]; values: number[] }>;
  readonly top: { index: number; label: string; probability: number }[];
  readonly target?: { index: number | null; label: string; score: number };
  readonly backend: string;
}

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'igos-predict-'));
  await writePhoto(join(cwd, 'photo.png'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

async function predict(...args: string[]): Promise<Prediction> {
  const { code, stdout, stderr } = await igos(['predict', ...args, '--json'], { cwd });
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A golden image and the model it belongs to, on the exact backend. */
const digit = join(goldenFixtures, 'trained16/trained16_84');
const digitArgs = [join(digit, 'image.npy'), '--model', goldenModelFolder, '--backend', 'reference'];
const mobile = join(goldenFixtures, 'mobile/mobile_0');
const mobileArgs = [join(mobile, 'image.npy'), '--model', fixtureModelFolder, '--backend', 'reference'];
const facts = (folder: string) => JSON.parse(readFileSync(join(folder, 'image.json'), 'utf8'));

describe('outputs', () => {
  test('are those of the record, with their shapes', async () => {
    const { outputs, backend } = await predict(...digitArgs);
    expect(Object.keys(outputs)).toEqual(['probabilities']);
    expect(outputs.probabilities?.shape).toEqual([1, 10]);
    expect(largestDifference(outputs.probabilities?.values ?? [], facts(digit).softmax)).toBeLessThan(1e-8);
    expect(backend).toBe('reference');
  });

  test.each(['wasm', 'gpujs:webasm', 'gpujs:cpu', 'auto'])('agree on %s', async (name) => {
    const exact = facts(digit).softmax;
    const { outputs, backend } = await predict(...digitArgs.slice(0, -1), name);
    expect(backend).toMatch(/^wasm(-fma)?$|^gpujs:/);
    if (name.startsWith('gpujs')) expect(backend).toBe(name);
    expect(largestDifference(outputs.probabilities?.values ?? [], exact)).toBeLessThan(1e-5);
  });
});

describe('the top classes', () => {
  test('are ranked, five by default', async () => {
    const { top, outputs } = await predict(...digitArgs);
    const sorted = [...(outputs.probabilities?.values ?? [])].sort((a, b) => b - a);
    expect(top.map(({ probability }) => probability)).toEqual(
      sorted.slice(0, 5).map((value) => expect.closeTo(value, 9)),
    );
    expect(top[0]).toMatchObject({ index: 2, label: '2' });
    expect((await predict(...digitArgs, '--top', '1')).top).toHaveLength(1);
  });

  test('are none where the output is no softmax, which is no failure', async () => {
    writeModel(join(cwd, 'raw'), {
      from: fixtureModelFolder,
      json: (model) => {
        const softmax = model.modelTopology?.node.find(({ op }) => op === 'Softmax');
        if (softmax) softmax.op = 'Sigmoid';
      },
    });
    const { top, outputs } = await predict(join(mobile, 'image.npy'), '--model', 'raw');
    expect(top).toEqual([]);
    expect(Object.values(outputs)[0]?.values).toHaveLength(7);
  });

  test('are printed for people, a line each', async () => {
    const { stdout } = await igos(['predict', ...digitArgs, '--top', '3'], { cwd });
    expect(stdout).toMatch(/^ 98\.69 % {5}2 {2}2\n/);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  });
});

describe('--gradient', () => {
  test.each([
    ['logit', 'inputGradLogit.npy'],
    ['probability', 'inputGradProb.npy'],
  ])('of the %s is that of the record', async (score, file) => {
    for (const [folder, args] of [
      [digit, digitArgs],
      [mobile, mobileArgs],
    ] as const) {
      const target = String(facts(folder).cls);
      await predict(...args, '--score', score, '--target', target, '--gradient', 'g.npy');
      const [got, wanted] = [readNpy(join(cwd, 'g.npy')), readNpy(join(folder, file))];
      expect(got.shape).toEqual(wanted.shape);
      const largest = Math.max(...wanted.data.map(Math.abs));
      expect(largestDifference(got.data, wanted.data)).toBeLessThan(1e-6 * largest);
    }
  });

  test('of a photo has the size of the input, and the target is told', async () => {
    const { target } = await predict(
      'photo.png',
      '--model',
      goldenModelFolder,
      '--target',
      '3',
      '--gradient',
      'new/g.npy',
    );
    expect(readNpy(join(cwd, 'new/g.npy')).shape).toEqual([16, 16, 1]);
    expect(target).toMatchObject({ index: 3, label: '3' });
  });
});

test('--input-scale changes what the model sees', async () => {
  const values = async (...flags: string[]) => {
    return (await predict('photo.png', '--model', goldenModelFolder, ...flags)).outputs.probabilities?.values ?? [];
  };
  const own = await values();
  expect(await values('--input-scale', '0..1')).toEqual(own);
  expect(largestDifference(await values('--input-scale', '-1..1'), own)).toBeGreaterThan(1e-3);
});

test('a card beside the model is read', async () => {
  mkdirSync(join(cwd, 'carded'), { recursive: true });
  writeModel(join(cwd, 'carded'), { from: fixtureModelFolder });
  const labels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const preprocessing = { channelOrder: 'rgb', mean: [127.5], std: [127.5] };
  writeFileSync(join(cwd, 'carded/igos.json'), JSON.stringify({ name: 'carded', labels, preprocessing }));
  const { top } = await predict('photo.png', '--model', 'carded', '--target', 'c');
  expect(labels).toContain(top[0]?.label);
});
