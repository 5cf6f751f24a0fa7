import {
  referenceBackend as backend,
  constant,
  matmul,
  mul,
  reshape,
  sigmoid,
  square,
  sum,
  type Tensor,
} from '@igos/autograd';
import { createMaskProblem, methods } from 'igos';
import { describe, expect, test } from 'vitest';
import { largestDifference } from '../support/igos-golden.ts';
import { array, constantScore, linear, maskItself, runAll } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const shape = [6, 9, 3];
const size = 6 * 9 * 3;
const image = array(shape, seededValues(1, size, [0, 1]));
const baseline = array(shape, seededValues(2, size, [0, 1]));

const curved = (images: Tensor) => {
  const weights = constant({ data: seededValues(3, size * 3, [-0.5, 0.5]), shape: [size, 3] });
  return sum(sigmoid(matmul(reshape(images, [-1, size]), weights)), { axes: [1] });
};

const problemOf = (score: (images: Tensor) => Tensor) =>
  createMaskProblem({ score, image, baseline, backend, maskSize: [3, 4] });

test.each(Object.entries(methods))('%s gives a saliency over the image and a mask of its cells', async (_, method) => {
  const { result } = await runAll(problemOf(curved), { method, iterations: 2, step: 1 });
  expect(result.saliency.shape).toEqual([6, 9]);
  expect(result.saliency.data.length).toBe(54);
  expect(result.mask.shape).toEqual([3, 4]);
  expect(result.mask.data.every((keep) => keep >= 0 && keep <= 1)).toBe(true);
  expect(new Set(result.saliency.data).size).toBeGreaterThan(10);
  const [at] = await problemOf(curved).objective([result.mask.data]);
  expect(result.final.score).toBe(at!.score);
  expect(result.final.area).toBeCloseTo(result.mask.data.reduce((total, keep) => total + 1 - keep, 0) / 12, 7);
});

describe('integrated gradients', () => {
  test('are complete: attributions add up to the change of the score', async () => {
    const { result, steps } = await runAll(problemOf(curved), { method: methods.integratedGradients });
    expect(steps).toEqual([]);
    const { sum: total, expected, relativeError } = result.completeness!;
    expect(expected).toBe(result.image.score - result.baseline.score);
    expect(relativeError).toBeLessThan(1e-4); // the midpoint rule's; the right rule is 2e-3 off here
    expect(Math.abs(total - expected) / Math.abs(expected)).toBe(relativeError);
  });

  test('report the error they make where 50 points are too few', async () => {
    const steep = (images: Tensor) => sigmoid(mul(sum(images, { axes: [1, 2, 3] }), 4000));
    const black = array([2, 2, 1], () => -1);
    const problem = createMaskProblem({
      ...{ score: steep, image: array([2, 2, 1], () => 1.1), baseline: black, backend },
    });
    const { result } = await runAll(problem, { method: methods.integratedGradients });
    expect(result.completeness!.relativeError).toBeGreaterThan(0.5);
  });

  test('of a linear score are weight times difference, summed over channels and scaled to 1', async () => {
    const weights = array(shape, seededValues(5, size));
    const { result } = await runAll(problemOf(linear(weights)), { method: methods.integratedGradients });
    const expected = new Float64Array(54);
    for (const [i, weight] of weights.data.entries()) {
      expected[Math.floor(i / 3)]! += weight * (image.data[i]! - baseline.data[i]!);
    }
    const largest = Math.max(...expected.map(Math.abs));
    expect(
      largestDifference(
        result.saliency.data,
        expected.map((value) => value / largest),
      ),
    ).toBeLessThan(1e-6);
    expect(result.completeness!.relativeError).toBeLessThan(1e-12);
  });

  test('of a score that stays the same are 0 and complete', async () => {
    const { result } = await runAll(problemOf(constantScore(2)), { method: methods.integratedGradients });
    expect(result.completeness).toEqual({ sum: 0, expected: 0, relativeError: 0 });
    expect(result.warnings.map(({ kind }) => kind)).toEqual(['zero-gradient', 'constant-map']);
  });
});

test('gradient is the largest absolute derivative over the channels', async () => {
  const score = (images: Tensor) => mul(0.5, sum(square(images), { axes: [1, 2, 3] }));
  const signed = array(shape, seededValues(6, size, [-1, 0.5]));
  const problem = createMaskProblem({ score, image: signed, baseline, backend });
  const { result } = await runAll(problem, { method: methods.gradient });
  const largest = Array.from({ length: 54 }, (_, i) =>
    Math.max(...signed.data.subarray(3 * i, 3 * i + 3).map(Math.abs)),
  );
  const scale = Math.max(...largest);
  expect(
    largestDifference(
      result.saliency.data,
      largest.map((value) => value / scale),
    ),
  ).toBeLessThan(1e-6);
});

test('random is seeded and spread over [0, 1]', async () => {
  const run = async (seed: number) =>
    (await runAll(maskItself([20, 20], { score: constantScore(0.5) }), { method: methods.random, seed })).result;
  const { mask } = await run(1);
  expect((await run(1)).mask).toEqual(mask);
  expect((await run(2)).mask).not.toEqual(mask);
  expect(Math.min(...mask.data)).toBeLessThan(0.05);
  expect(Math.max(...mask.data)).toBeGreaterThan(0.95);
});

test('a method of your own runs like the others', async () => {
  const { result } = await runAll(problemOf(curved), {
    method: async function* ({ problem }) {
      const mask = new Float32Array(12).fill(0.5);
      const [at] = await problem.objective([mask]);
      const saliency = Float64Array.from({ length: 54 }, (_, i) => i / 54);
      return {
        mask,
        saliency,
        stopped: 'iterations',
        start: at!,
        final: at!,
        iterations: 0,
        failedSearches: 0,
        zeroGradient: false,
      };
    },
  });
  expect(result.final.area).toBe(0.5);
  expect(result.saliency.data[53]).toBe(Math.fround(0.981481));
});
