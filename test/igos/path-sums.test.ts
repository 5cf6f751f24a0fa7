import {
  type Backend,
  constant,
  createWasmBackend,
  greater,
  mul,
  referenceBackend,
  select,
  sum,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { startThreads } from '@igos/autograd/node';
import { afterAll, describe, expect, test } from 'vitest';
import { maskItself, ones } from '../support/igos-toys.ts';

/** What is added to it is lost to rounding, in float32 and in float64. */
const huge = 2 ** 90;

/**
 * Slope and score of each point, by groups; after each group what it adds up to, in order. What a number loses depends on
 * what it is added to, so any other grouping or order comes to another total.
 */
const groups = [
  [8, huge, 16, 32, 64], // huge
  [-huge, 128, 256, 512, 1024], // -huge
  [huge, 1, -huge, 2, 4], // 6
  [huge, 2048, -huge, 4096, 8192], // 12288
  [huge, 16384, -huge, 32768], // 32768
];
const total = 6 + 12288 + 32768;
const slopes = groups.flat();

/** One point at each power of 1/2: all products are exact. */
const points = slopes.length;
const rule = () => ({ nodes: Float64Array.from(slopes, (_, s) => 2 ** -s), weights: new Float64Array(points).fill(1) });

/** Sum of x · c(x) over the cells, where c is a step function: of a mask of ones, `slopes[s]` a cell at point s. */
function steps(images: Tensor): Tensor {
  const factor = slopes.reduceRight<Tensor>(
    (below, slope, s) => select(greater(images, 0.75 * 2 ** -s), slope * 2 ** s, below),
    constant({ data: Float64Array.of(0), shape: [1, 1, 1, 1] }),
  );
  return sum(mul(images, factor), { axes: [1, 2, 3] });
}

const backends: Backend[] = [
  referenceBackend,
  { ...referenceBackend, name: 'reference in batches', loops: false },
  createWasmBackend({ multiplyAdd: false }),
  { ...createWasmBackend({ threads: 2, startThreads, splitFrom: 0 }), name: 'wasm with two threads' },
  await createGpuBackend('cpu'),
  await createGpuBackend('webasm'),
];
afterAll(() => backends.forEach((backend) => void backend.dispose()));

describe.each(backends)(
  'on $name the points of a path are added up in groups of five, in order, then the groups',
  (backend) => {
    test.each([1, 5, 14, 20])('with batch %i', async (batch) => {
      const problem = maskItself([3, 7], { score: steps, backend, batch, path: { points, rule } });
      const { scores, average, gradient } = await problem.pathGradient(ones(21));
      expect([...scores]).toEqual(slopes.map((slope) => 21 * slope));
      expect(average).toBe(21 * total);
      expect([...gradient]).toEqual(new Array(21).fill(total));
      expect(await problem.pathScore(ones(21))).toEqual({ scores, average });
      problem.dispose();
    });
  },
);
