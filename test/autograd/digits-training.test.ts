import { describe, expect, test } from 'vitest';
import { createAdam } from '../../models/digits/adam.ts';
import { readDigits } from '../../models/digits/digits-data.ts';
import { distort } from '../../models/digits/distortion.ts';
import { permutation, uniform } from '../../models/digits/random.ts';
import { type TrainingOptions, train } from '../../models/digits/training.ts';

const { training } = readDigits();

/** A short training: the loss of each step, and the bytes of the weights after the last. */
async function firstSteps(count: number, options: Partial<TrainingOptions> = {}) {
  const losses: number[] = [];
  for await (const { loss, weights } of train(training, { batchSize: 20, ...options })) {
    losses.push(loss);
    if (losses.length < count) continue;
    return {
      losses,
      bytes: Buffer.concat(Object.values(weights).map(({ data }) => new Uint8Array(data.slice().buffer))),
    };
  }
  throw new Error('training ended early');
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('training', () => {
  test('starts at the loss of a guess among ten and lowers it', async () => {
    const { losses } = await firstSteps(40);
    expect(losses[0]).toBeGreaterThan(0.6 * Math.log(10));
    expect(losses[0]).toBeLessThan(2 * Math.log(10));
    expect(average(losses.slice(-10))).toBeLessThan(0.6 * average(losses.slice(0, 5)));
  });

  test('gives the same weights to the bit for the same seed, others for another', async () => {
    const first = await firstSteps(4, { seed: 7 });
    const again = await firstSteps(4, { seed: 7 });
    const other = await firstSteps(4, { seed: 8 });
    expect(again.losses).toEqual(first.losses);
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(other.bytes.equals(first.bytes)).toBe(false);
  });
});

describe('Adam', () => {
  test('takes a first step of the learning rate against each gradient, whatever its size', () => {
    const weights = { w: { data: Float64Array.of(1, 1, 1), shape: [3] } };
    createAdam(weights)({ w: { data: Float64Array.of(1000, -0.001, 0), shape: [3] } }, 0.1);
    expect([...weights.w.data]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(1.1, 4), 1]);
  });

  test('makes the second step that the paper writes down', () => {
    const weights = { w: { data: Float64Array.of(0), shape: [1] } };
    const update = createAdam(weights);
    const [g1, g2, rate] = [2, -1, 0.01];
    update({ w: { data: Float64Array.of(g1), shape: [1] } }, rate);
    const afterFirst = weights.w.data[0]!;
    update({ w: { data: Float64Array.of(g2), shape: [1] } }, rate);
    const average = (0.9 * 0.1 * g1 + 0.1 * g2) / (1 - 0.9 ** 2);
    const square = (0.999 * 0.001 * g1 ** 2 + 0.001 * g2 ** 2) / (1 - 0.999 ** 2);
    expect(weights.w.data[0]).toBeCloseTo(afterFirst - (rate * average) / (Math.sqrt(square) + 1e-8), 12);
  });
});

describe('a distorted digit', () => {
  const dot = Float64Array.from({ length: 784 }, (_, i) => (i === 10 * 28 + 20 ? 100 : 0));
  const at = (image: Float64Array, row: number, column: number) => image[row * 28 + column];

  test('is the digit itself where nothing may change, and for draws of 0', () => {
    expect([...distort(dot, { bend: 0, shift: 0 }, () => 1)]).toEqual([...dot]);
    expect([...distort(dot, { bend: 0.2, shift: 3 }, () => 0)]).toEqual([...dot]);
  });

  test('moves by whole and by parts of pixels, and loses what leaves the picture', () => {
    const moved = distort(dot, { bend: 0, shift: 3 }, (i) => [0, 0, 0, 0, 1, -1][i]!);
    expect(at(moved, 7, 23)).toBe(100);
    const halfway = distort(dot, { bend: 0, shift: 0.5 }, (i) => [0, 0, 0, 0, 1, 0][i]!);
    expect([at(halfway, 9, 20), at(halfway, 10, 20)]).toEqual([50, 50]);
    expect(Math.max(...distort(dot, { bend: 0, shift: 20 }, (i) => [0, 0, 0, 0, 1, 0][i]!))).toBe(0);
  });

  test('is stretched about the centre of the picture', () => {
    const stretched = distort(dot, { bend: 0.5, shift: 0 }, (i) => [-1, 0, 0, -1, 0, 0][i]!);
    // From 3.5 rows above and 6.5 columns beside the centre to twice that, which is between four pixels.
    const brightest = Math.max(...stretched);
    const places = [...stretched.keys()].filter((i) => stretched[i] === brightest);
    expect(places).toEqual([6 * 28 + 26, 6 * 28 + 27, 7 * 28 + 26, 7 * 28 + 27]);
  });
});

describe('random numbers', () => {
  test('are a function of their path', () => {
    expect(uniform([1, 2, 3])).toBe(uniform([1, 2, 3]));
    const draws = [uniform([1, 2, 3]), uniform([1, 3, 2]), uniform([2, 2, 3]), uniform([1, 2]), uniform([1, 2, 4])];
    expect(new Set(draws).size).toBe(draws.length);
  });

  test('fill [0, 1) evenly, neighbouring draws independent', () => {
    const draws = Array.from({ length: 20_000 }, (_, i) => uniform([5, i]));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    // Standard errors are 0.002 and 0.0006.
    expect(average(draws)).toBeCloseTo(0.5, 2);
    const neighbours = draws.slice(1).map((draw, i) => (draw - 0.5) * (draws[i]! - 0.5));
    expect(Math.abs(average(neighbours))).toBeLessThan(0.003);
  });

  test('put every index in a permutation once', () => {
    const order = permutation([3], 500);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });
});
