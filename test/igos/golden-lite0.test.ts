import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWasmBackend, referenceBackend } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import {
  baselines,
  createMaskProblem,
  explain,
  type Float32HostArray,
  makeBaseline,
  type ProblemOptions,
  scoreOfModel,
} from 'igos';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type GoldenRecord, largestDifference, optionsOf, readNpy } from '../support/igos-golden.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folderOf = (photo: string) => join(root, 'test', 'golden', 'lite0', photo);
const model = await loadModel(folderReader(join(root, 'models', 'efficientnet-lite0')));

/** The network's input: 224x224 RGB, already cropped. */
async function photoOf(photo: string): Promise<Float32HostArray> {
  const { data, info } = await sharp(join(folderOf(photo), 'image.png'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: Float32Array.from(data, (pixel) => (pixel - 127) / 128), shape: [info.height, info.width, 3] };
}

async function problemOf(photo: string, options: Pick<ProblemOptions, 'backend'> & Partial<ProblemOptions>) {
  const record: GoldenRecord = JSON.parse(readFileSync(join(folderOf(photo), 'igos_small_m28.json'), 'utf8'));
  const image = await photoOf(photo);
  const problem = createMaskProblem({
    score: scoreOfModel(model, { target: { kind: 'index', index: record.cls } }),
    ...{ image, baseline: makeBaseline(baselines.blur, image), maskSize: record.maskSize, batch: 1 },
    ...options,
  });
  return { record, problem };
}

test.each(['dog', 'panda'])('the default baseline of %s is the stored one', async (photo) => {
  const { positions, baseline } = JSON.parse(readFileSync(join(folderOf(photo), 'image.json'), 'utf8'));
  const { data } = makeBaseline(baselines.blur, await photoOf(photo));
  const samples = positions.map((at: number) => data[at]);
  expect(largestDifference(samples, baseline.at)).toBeLessThanOrEqual(1.2e-7);
});

test('both ends of the path score as stored, in float64', async () => {
  const ends = () => ({ nodes: Float64Array.of(0.05, 1), weights: Float64Array.of(0.5, 0.5) });
  const { record, problem } = await problemOf('dog', { path: { points: 2, rule: ends }, backend: referenceBackend });
  const { scores } = await problem.pathScore(new Float32Array(28 * 28).fill(1));
  const [first, last] = [record.ig0Scores[0]!, record.ig0Scores[19]!];
  // The record's program dequantized the weights in float32 arithmetic, TensorFlow.js and we in float64.
  expect(largestDifference(scores, [first, last])).toBeLessThanOrEqual(1e-6);
}, 240_000);

describe('stored iterations', async () => {
  const backend = await createWasmBackend();

  test.each([
    ['dog', 0],
    ['panda', 2],
    ['dog', 8],
    ['panda', 14],
  ] as const)(
    '%s %i obeys the single-step rule',
    async (photo, i) => {
      const { record, problem } = await problemOf(photo, { backend });
      const { data } = readNpy(join(folderOf(photo), 'igos_small_m28_masks.npy'));
      const mask = (at: number) => data.subarray(at * 28 * 28, (at + 1) * 28 * 28);
      const golden = record.history[i]!;
      const { value: step, done } = await explain(problem, {
        ...optionsOf(record),
        iterations: 1,
        l1: golden.l1Coeff,
        initMask: mask(i),
      }).next();
      problem.dispose();
      if (done) throw new Error('the run ended without an iteration');
      // All margins of these four are above 3e-4: rounding cannot choose another step.
      expect(step.step).toBeCloseTo(golden.step, 12);
      expect(Math.abs(step.searchStart - golden.total)).toBeLessThanOrEqual(1e-5);
      const bound = 1e-6 + 5e-3 * golden.step * Math.sqrt(golden.gradNorm2);
      expect(largestDifference(step.mask, mask(i + 1))).toBeLessThanOrEqual(bound);
    },
    300_000,
  );
});
