import { type Backend, referenceBackend } from '@igos/autograd';
import { fetchReader } from '@igos/autograd/browser';
import { createGpuBackend } from '@igos/autograd/gpu';
import { loadModel } from '@igos/autograd/tfjs';
import { baselines, createMaskProblem, explain, explainToEnd, makeBaseline, type Step, scoreOfModel } from 'igos';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Spy, spyOn } from '../support/device-spies.ts';

const modes = ['webgpu', 'webgl2'] as const;
const backends = {} as Record<(typeof modes)[number], Backend>;
beforeAll(async () => {
  for (const mode of modes) backends[mode] = await createGpuBackend(mode);
});
afterAll(() => modes.forEach((mode) => void backends[mode].dispose()));

const model = await loadModel(fetchReader('/models/digits'));
/** Two strokes, between the classes. */
const data = Float32Array.from({ length: 784 }, (_, i) => {
  const [row, column] = [Math.floor(i / 28), i % 28];
  return (row > 4 && row < 8) || (column > 12 && column < 16) ? 0.9 : 0;
});
const image = { data, shape: [28, 28, 1] };
const score = scoreOfModel(model, { target: { kind: 'index', index: 7 } });
const noise = { sigma: 0.05, seed: 3 };

const problemOn = (backend: Backend, batch: number) =>
  createMaskProblem({ score, image, baseline: makeBaseline(baselines.blur, image), backend, batch });

async function explainOn(backend: Backend, batch: number) {
  const problem = problemOn(backend, batch);
  const steps: Step[] = [];
  await explainToEnd(explain(problem, { iterations: 3, noise }), (step) => steps.push(step));
  problem.dispose();
  return steps;
}

const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe.each(modes)('I-GOS on %s', (mode) => {
  test('takes the steps that reference takes', async () => {
    const [actual, expected] = [await explainOn(backends[mode], 20), await explainOn(referenceBackend, 20)];
    expect(actual.map(({ trials }) => trials)).toEqual(expected.map(({ trials }) => trials));
    for (const [i, step] of actual.entries()) {
      expect(difference(step.mask, expected[i]!.mask)).toBeLessThan(1e-3);
      expect(Math.abs(step.objective - expected[i]!.objective)).toBeLessThan(1e-4);
    }
  });

  test('gives the same bytes for batches of 5, 10 and 20', async () => {
    const masks = await Promise.all(
      [5, 10, 20].map(async (batch) => (await explainOn(backends[mode], batch)).at(-1)!.mask),
    );
    expect(masks[1]).toEqual(masks[0]);
    expect(masks[2]).toEqual(masks[0]);
  });
});

describe('once its programs are compiled, I-GOS on webgpu', () => {
  const spies: Spy<readonly unknown[]>[] = [];
  function counted<Args extends readonly unknown[]>(prototype: object, method: string): Args[] {
    const spy = spyOn<Args>(prototype, method);
    spies.push(spy);
    return spy.calls;
  }
  afterAll(() => {
    for (const { restore } of spies) restore();
  });

  test('submits once for a path gradient, and once for all candidates of a line search', async () => {
    const problem = problemOn(backends.webgpu, 20);
    const mask = new Float32Array(196).fill(0.8);
    const candidates = Array.from({ length: 12 }, (_, i) => mask.map((keep) => keep - i / 100));
    const draw = { noise: { ...noise, iteration: 0 } };
    const [gradient, objectives] = [await problem.pathGradient(mask, draw), await problem.objective(candidates)];

    const submits = counted(GPUQueue.prototype, 'submit');
    const reads = counted(GPUBuffer.prototype, 'mapAsync');
    const copies = counted<[GPUBuffer, number, GPUBuffer, number, number]>(
      GPUCommandEncoder.prototype,
      'copyBufferToBuffer',
    );
    expect(await problem.pathGradient(mask, draw)).toEqual(gradient);
    expect([submits.length, reads.length]).toEqual([1, 1]);
    // What comes back: a score for each of 20 points, and a gradient of the mask's size for each group of five.
    expect(copies.reduce((bytes, [, , , , size]) => bytes + size, 0)).toBe(4 * (20 + 4 * 196));
    expect(await problem.objective(candidates)).toEqual(objectives);
    expect([submits.length, reads.length]).toEqual([2, 2]);
    problem.dispose();
  });
});
