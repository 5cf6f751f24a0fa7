import {
  type Backend,
  compile,
  constant,
  input,
  matmul,
  mul,
  randomKey,
  referenceBackend,
  reshape,
  resizeBilinear,
  sigmoid,
  sum,
  type Tensor,
} from '@igos/autograd';
import fc from 'fast-check';
import {
  cellAverages,
  createMaskProblem,
  type MaskSize,
  maskedImage,
  NotFiniteError,
  OptionError,
  type ProblemOptions,
  pathRules,
  type Upsampling,
} from 'igos';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { fillNormal } from '../../packages/autograd/src/random/normal-values.ts';
import { stateOfKey } from '../../packages/autograd/src/random/random-key.ts';
import { type Resampling, upsample, upsampleTranspose } from '../../packages/igos/src/problem/bilinear.ts';
import { largestDifference } from '../support/igos-golden.ts';
import { array, constantScore, countingBackend, either, linear, maskItself, ones } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const shape = [7, 10, 2];
const image = array(shape, seededValues(1, 140, [0, 1]));
const baseline = array(shape, seededValues(2, 140, [0, 1]));

/** A smooth score of two layers that is far from linear. */
const curved = (images: Tensor) => {
  const weights = constant({ data: seededValues(3, 140 * 4, [-0.4, 0.4]), shape: [140, 4] });
  return sum(sigmoid(matmul(reshape(images, [-1, 140]), weights)), { axes: [1] });
};

const problemWith = (options: Partial<ProblemOptions> = {}) =>
  createMaskProblem({ score: curved, image, baseline, backend: referenceBackend, maskSize: [3, 5], ...options });

const someMask = seededValues(4, 15, [0.1, 0.9]);

describe('the masked image', () => {
  const maskSizes = [
    [1, 1],
    [1, 10],
    [3, 5],
    [7, 1],
    [7, 10],
  ] as const;

  test.each(maskSizes)(
    'a mask of %i x %i ones gives the image to the bit, one of zeros the baseline',
    async (...size) => {
      const problem = problemWith({ maskSize: size });
      const cells = size[0] * size[1];
      expect(maskedImage(problem, ones(cells)).data).toEqual(image.data);
      expect(maskedImage(problem, new Float32Array(cells)).data).toEqual(baseline.data);
      const [kept, removed] = await problem.objective([ones(cells), new Float32Array(cells)]);
      const whole = await problem.evaluate([image, baseline]);
      expect([kept!.score, removed!.score]).toEqual(whole.map(({ score }) => score));
    },
  );

  test('is a mask of ones to the bit for every pair of sizes, on the host and in the network', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(side, side, side, side), async ([height, width, rows, columns]) => {
        fc.pre(rows <= height && columns <= width);
        const picture = array([height, width, 1], seededValues(height, height * width));
        const flat = (images: Tensor) => sum(images, { axes: [1, 2, 3] });
        const problem = createMaskProblem({
          ...{ score: flat, image: picture, baseline: array([height, width, 1], () => 7) },
          ...{ maskSize: [rows, columns], backend: referenceBackend },
        });
        expect(problem.upsample(ones(rows * columns)).data.every((keep) => keep === 1)).toBe(true);
        const [whole] = await problem.objective([ones(rows * columns)]);
        expect(whole!.score).toBe((await problem.evaluate([picture]))[0]!.score);
        problem.dispose();
      }),
      { numRuns: 40 },
    );
  });
});

describe('upsampling', () => {
  const row = (mask: number[], upsampling: Upsampling) =>
    [...upsample(mask, { maskSize: [2, 2], imageSize: [4, 4], upsampling })].slice(0, 4);

  test('with aligned corners 2x2 to 4x4 begins 0, 1/3, 2/3, 1', () => {
    for (const [i, value] of row([0, 1, 2, 3], 'alignCorners').entries()) expect(value).toBeCloseTo(i / 3, 15);
  });

  test('with half-pixel centres it begins 0, 1/4, 3/4, 1', () => {
    expect(row([0, 1, 2, 3], 'halfPixel')).toEqual([0, 0.25, 0.75, 1]);
  });

  test('one cell fills everything, full resolution is the identity', () => {
    for (const upsampling of ['alignCorners', 'halfPixel'] as const) {
      const oneCell = upsample([0.3], { maskSize: [1, 1], imageSize: [3, 4], upsampling });
      expect([...oneCell]).toEqual(new Array(12).fill(0.3));
      expect(upsample(someMask, { maskSize: [3, 5], imageSize: [3, 5], upsampling })).toEqual(someMask);
    }
  });

  const side = fc.integer({ min: 1, max: 12 });
  const resamplings = fc.record<Resampling>({
    maskSize: fc.tuple(side, side),
    imageSize: fc.tuple(side, side),
    upsampling: fc.constantFrom<Upsampling>('alignCorners', 'halfPixel'),
  });
  const valuesOf = ([rows, columns]: MaskSize, seed: number) => seededValues(seed, rows * columns);

  test('its transpose is exact: <U(x), y> = <x, Uᵀ(y)>', () => {
    fc.assert(
      fc.property(resamplings, fc.integer(), (resampling, seed) => {
        const x = valuesOf(resampling.maskSize, seed);
        const y = valuesOf(resampling.imageSize, seed + 1);
        const dot = (a: Float64Array, b: Float64Array) => a.reduce((total, value, i) => total + value * b[i]!, 0);
        expect(dot(upsample(x, resampling), y)).toBeCloseTo(dot(x, upsampleTranspose(y, resampling)), 10);
      }),
    );
  });

  test('the host and the engine agree', async () => {
    await fc.assert(
      fc.asyncProperty(resamplings, fc.integer(), async (resampling, seed) => {
        const { maskSize, imageSize, upsampling } = resampling;
        const x = input('x', [1, ...maskSize, 1]);
        const y = resizeBilinear(x, [...imageSize], { coordinates: upsampling });
        const data = valuesOf(maskSize, seed);
        const result = await compile({ inputs: [x], outputs: { y } }, referenceBackend).run({
          x: { data, shape: x.shape },
        });
        expect(largestDifference(upsample(data, resampling), result.y!.data)).toBeLessThan(1e-14);
      }),
      { numRuns: 30 },
    );
  });

  test('cell averages of a constant map are that constant', () => {
    const averages = cellAverages(problemWith(), new Float64Array(70).fill(0.4));
    for (const value of averages) expect(value).toBeCloseTo(0.4, 14);
  });
});

describe('the path gradient', () => {
  test('is the gradient of the path average, not of the end point', async () => {
    for (const upsampling of ['alignCorners', 'halfPixel'] as const) {
      const problem = problemWith({ upsampling });
      const { gradient, average } = await problem.pathGradient(someMask);
      expect((await problem.pathScore(someMask)).average).toBe(average);
      const h = 1e-5;
      for (const [cell, value] of someMask.entries()) {
        const up = await problem.pathScore(someMask.with(cell, value + h));
        const down = await problem.pathScore(someMask.with(cell, value - h));
        expect(gradient[cell]).toBeCloseTo((up.average - down.average) / (2 * h), 8);
      }
    }
  });

  test('at cells of exactly 0 and 1 it is the slope from inside, as if there were no clamp', async () => {
    const corner = Float64Array.from({ length: 15 }, (_, i) => i % 2);
    const problem = problemWith();
    const { gradient } = await problem.pathGradient(corner);
    const h = 1e-6;
    const at = (await problem.pathScore(corner)).average;
    for (const [cell, value] of corner.entries()) {
      const inside = await problem.pathScore(corner.with(cell, value === 0 ? h : 1 - h));
      expect(gradient[cell]).toBeCloseTo((inside.average - at) / (value === 0 ? h : -h), 5);
    }
  });

  test('of one of two redundant cells is 0 without the path and 0.16625 with it', async () => {
    const problem = maskItself([1, 2], { score: either });
    expect([...(await problem.gradient([1, 1])).gradient]).toEqual([-0, -0].map(() => expect.closeTo(0, 15)));
    for (const slope of (await problem.pathGradient([1, 1])).gradient) expect(slope).toBeCloseTo(0.16625, 14);
  });

  test('of a linear score is (S + 1)/(2S) of its gradient, exactly', async () => {
    const weights = array([2, 3, 1], [0.5, -1, 2, 0.25, 3, -2]);
    for (const points of [1, 2, 5, 20]) {
      const problem = maskItself([2, 3], { score: linear(weights), path: { points } });
      const { gradient } = await problem.pathGradient(seededValues(1, 6, [0, 1]));
      const expected = Float64Array.from(weights.data, (weight) => ((points + 1) / (2 * points)) * weight);
      expect(largestDifference(gradient, expected)).toBeLessThan(1e-14);
    }
  });

  test('with one point is the gradient at the masked image', async () => {
    const problem = problemWith({ path: { points: 1 } });
    expect(await problem.pathGradient(someMask)).toEqual(await problem.gradient(someMask));
  });

  test('obeys m·grad J = f(Phi(m)) − J in the limit: integration by parts', async () => {
    const toy = (points: number) => maskItself([1, 2], { score: either, path: { points } });
    const sides = async (points: number) => {
      const { gradient, average } = await toy(points).pathGradient([1, 1]);
      return [gradient[0]! + gradient[1]!, 1 - average];
    };
    expect(await sides(20)).toEqual([expect.closeTo(0.3325, 12), expect.closeTo(0.30875, 12)]);
    expect(await sides(1000)).toEqual([expect.closeTo(0.333333, 6), expect.closeTo(0.332833, 6)]);
    const gauss = problemWith({ path: { points: 12, rule: pathRules.gauss } });
    const { gradient, average } = await gauss.pathGradient(someMask);
    const [end] = await gauss.objective([someMask]);
    expect(gradient.reduce((total, slope, i) => total + slope * someMask[i]!, 0)).toBeCloseTo(end!.score - average, 10);
  });

  test('in textbook form is complete: it sums to f(Phi(m)) − f(B)', async () => {
    const points = 12;
    const { nodes, weights } = problemWith({ path: { points, rule: pathRules.gauss } }).path;
    let total = 0;
    for (const [s, node] of nodes.entries()) {
      const onePoint = () => ({ nodes: Float64Array.of(node), weights: Float64Array.of(1) });
      const { gradient } = await problemWith({ path: { points: 1, rule: onePoint } }).pathGradient(someMask);
      // The path's factor is undone: the textbook form has none.
      for (const [i, slope] of gradient.entries()) total += (weights[s]! * someMask[i]! * slope) / node;
    }
    const problem = problemWith();
    const [end] = await problem.objective([someMask]);
    const [start] = await problem.evaluate([baseline]);
    expect(total).toBeCloseTo(end!.score - start!.score, 10);
  });

  test('of a score of 1 averages to 1 for every number of points', async () => {
    for (const points of [1, 3, 7, 15, 20, 50]) {
      const problem = maskItself([2, 2], { score: constantScore(1), path: { points } });
      const { average, scores } = await problem.pathGradient(ones(4));
      expect(scores.length).toBe(points);
      expect(average).toBeCloseTo(1, 14);
    }
  });

  test('is 0 where image and baseline are the same', async () => {
    const { gradient } = await problemWith({ baseline: image }).pathGradient(someMask);
    for (const slope of gradient) expect(slope).toBeCloseTo(0, 15);
  });
});

describe('noise', () => {
  const noise = { sigma: 0.1, seed: 3, iteration: 2 };

  test('the same draw gives the same bits, for the gradient and for trials', async () => {
    const problem = problemWith();
    const first = await problem.pathGradient(someMask, { noise });
    expect(await problem.pathGradient(someMask, { noise })).toEqual(first);
    expect(await problem.pathScore(someMask, { noise })).toEqual({ scores: first.scores, average: first.average });
    expect((await problem.pathObjective(someMask, { noise })).score).toBe(first.average);
  });

  test('another iteration or seed draws anew, and every point has its own', async () => {
    const problem = maskItself([2, 3], { score: linear(array([2, 3, 1], () => 1)) });
    const { scores } = await problem.pathScore(new Float32Array(6), { noise });
    expect(new Set(scores).size).toBe(20);
    for (const other of [{ seed: 4 }, { iteration: 3 }]) {
      const again = await problem.pathScore(new Float32Array(6), { noise: { ...noise, ...other } });
      expect(again.scores).not.toEqual(scores);
    }
  });

  test.each([true, false])('of point s is that of (seed, iteration, s), with loops: %s', async (loops) => {
    const sum = linear(array([2, 3, 1], () => 1));
    const backend = { ...referenceBackend, loops };
    const problem = maskItself([2, 3], { score: sum, backend, batch: 5, path: { points: 7 } });
    const { scores } = await problem.pathScore(new Float32Array(6), { noise });
    const drawn = Array.from(scores, (_, point) => {
      const values = new Float32Array(6);
      fillNormal(values, stateOfKey(randomKey(noise.seed, noise.iteration, point).data), noise.sigma);
      return values.reduce((total, value) => total + value, 0);
    });
    expect(largestDifference(scores, drawn)).toBeLessThan(1e-14);
  });

  test('is spread as sigma says over all channels', async () => {
    const sigma = 0.25;
    const channels = array([1, 1, 3], [1, 10, 100]);
    const problem = createMaskProblem({
      ...{ score: linear(channels), image: array([1, 1, 3], () => 0), baseline: array([1, 1, 3], () => 0) },
      ...{ path: { points: 4000 }, batch: 500, backend: referenceBackend },
    });
    const { scores } = await problem.pathScore([1], { noise: { ...noise, sigma } });
    const variance = scores.reduce((total, score) => total + score * score, 0) / scores.length;
    expect(Math.sqrt(variance / 10_101) / sigma).toBeCloseTo(1, 1);
  });

  test('never touches the objective', async () => {
    const [objective] = await problemWith().objective([someMask]);
    const [again] = await problemWith().objective([someMask], { noise });
    expect(again).toEqual(objective);
  });
});

describe('batches', () => {
  const noise = { sigma: 0.1, seed: 3, iteration: 0 };

  /** `reference` as a backend that takes many images in one run instead of looping over them. */
  const batching: Backend = { ...referenceBackend, loops: false };

  test.each([1, 3, 5, 7, 11, 20, 50])('of %i give the same bytes', async (batch) => {
    const ask = async (size: number) => {
      const problem = problemWith({ batch: size, backend: batching });
      const masks = [0, 1, 2, 3, 4, 5].map((seed) => seededValues(seed, 15, [0, 1]));
      return {
        path: await problem.pathGradient(someMask, { noise }),
        objectives: await problem.objective(masks),
        images: await problem.evaluate([image, baseline, maskedImage(problem, someMask)]),
        slope: await problem.imageGradient(image),
      };
    };
    expect(await ask(batch)).toEqual(await ask(4));
  });

  test.each([
    { points: 20, deviation: 0 },
    { points: 7, deviation: 0.1 },
    { points: 3, deviation: 0.1 },
  ])('give what one image at a time gives, for $points points', async ({ points, deviation }) => {
    const path = { points };
    const draw = deviation > 0 ? { noise: { ...noise, sigma: deviation } } : {};
    const [together, alone] = await Promise.all(
      [batching, referenceBackend].map((backend) => problemWith({ path, backend }).pathGradient(someMask, draw)),
    );
    expect(largestDifference(together!.scores, alone!.scores)).toBeLessThan(1e-14);
    expect(largestDifference(together!.gradient, alone!.gradient)).toBeLessThan(1e-14);
  });

  test.each([true, false])('evaluations are counted as they happen, with loops: %s', async (loops) => {
    for (const batch of [1, 6, 20]) {
      const { backend, images } = countingBackend({ loops });
      const problem = problemWith({ backend, batch });
      await problem.pathGradient(someMask);
      expect(images()).toEqual({ forward: 20, gradient: 20 });
      await problem.pathScore(someMask);
      await problem.gradient(someMask);
      await problem.objective([someMask, someMask, someMask]);
      await problem.evaluate([image, baseline]);
      await problem.imageGradient(image);
      expect(images()).toEqual({ forward: 47, gradient: 22 });
      expect(problem.counts).toEqual(images());
    }
  });

  test('of no image at all are refused', () => {
    expect(() => problemWith({ batch: 0 })).toThrow('batch must be an integer at least 1, got 0');
  });
});

describe('inputs', () => {
  test('an image may be any view of an ndarray', async () => {
    const padded = ndarray(new Float32Array(9 * 12 * 2), [9, 12, 2]);
    const view = padded.lo(1, 1, 0).hi(7, 10, 2);
    for (const [i, value] of image.data.entries()) view.set(Math.floor(i / 20), Math.floor(i / 2) % 10, i % 2, value);
    expect(await problemWith({ image: view }).evaluate([image])).toEqual(await problemWith().evaluate([image]));
    expect(problemWith({ image: view }).image.data).toEqual(image.data);
  });

  test.each([
    [{ maskSize: [8, 5] }, 'a mask of 8x5 does not fit an image of 7x10: give 1 to 7 rows and 1 to 10 columns'],
    [{ maskSize: [3, 0] }, 'a mask of 3x0 does not fit'],
    [{ baseline: array([7, 10, 1], () => 0) }, 'the baseline of this image needs shape [7, 10, 2], got [7, 10, 1]'],
    [
      { image: { data: new Float32Array(70), shape: [7, 10] } },
      'an image needs shape [height, width, channels], got [7, 10]',
    ],
    [{ path: { points: 0 } }, 'path.points must be an integer at least 1, got 0'],
    [{ path: { points: 1.5 } }, 'path.points must be an integer at least 1, got 1.5'],
    [{ path: { points: Number.NaN } }, 'path.points must be an integer at least 1, got NaN'],
    [{ path: { rule: 'gauss' } }, "path.rule must be a function such as pathRules.right, got 'gauss'"],
    [{ path: { rule: undefined } }, 'path.rule must be a function such as pathRules.right, got undefined'],
    [{ score: 'logit' }, "score must be a function such as scoreOfModel(model, { target }), got 'logit'"],
    [{ backend: undefined }, 'createWasmBackend() or referenceBackend, got undefined'],
    [
      { backend: 'wasm' },
      "backend must be one of @igos/autograd, such as createWasmBackend() or referenceBackend, got 'wasm'",
    ],
    [{ backend: Promise.resolve(referenceBackend) }, 'got object'],
  ] as [object, string][])('refuses %o', (options, message) => {
    expect(() => problemWith(options)).toThrow(OptionError);
    expect(() => problemWith(options)).toThrow(message);
  });

  test.each(['image', 'baseline'] as const)('refuses an %s with NaN', (name) => {
    const bad = array(shape, (i) => (i === 17 ? Number.NaN : 0));
    expect(() => problemWith({ [name]: bad })).toThrow(NotFiniteError);
    expect(() => problemWith({ [name]: bad })).toThrow(`the ${name} is not finite`);
  });

  test('a score function has to give one number an image', async () => {
    await expect(problemWith({ score: (images) => images }).evaluate([image])).rejects.toThrow(
      'a score function needs to give [n], got [1, 7, 10, 2]',
    );
  });

  test('whole images have to have the size of the problem', async () => {
    const message = 'an image needs shape [7, 10, 2], got [7, 9, 2]';
    const smaller = array([7, 9, 2], () => 0);
    await expect(problemWith().evaluate([image, smaller])).rejects.toThrow(message);
    await expect(problemWith().imageGradient(smaller)).rejects.toThrow(message);
  });

  test('the default mask has half the shorter side, at most 28', () => {
    expect(problemWith({ maskSize: undefined as never }).maskSize).toEqual([4, 4]);
  });

  test('the default weights are those of preset small', () => {
    const { weights } = problemWith();
    expect(weights).toEqual({ l1: 0.1, tv: 2 / 27 });
  });
});

test('a score may differ from the probability, and images give both', async () => {
  const problem = problemWith({ probability: (images) => sigmoid(curved(images)) });
  const [atImage, atBaseline] = await problem.evaluate([image, baseline]);
  const [objective] = await problem.objective([ones(15)]);
  expect(objective).toMatchObject(atImage!);
  expect(atBaseline!.probability).toBeCloseTo(1 / (1 + Math.exp(-atBaseline!.score)), 14);
});

test('the gradient of an image is that of the score at every value', async () => {
  const problem = problemWith({ score: (images) => mul(2, linear(image)(images)) });
  const { score, gradient } = await problem.imageGradient(baseline);
  expect(score).toBe((await problem.evaluate([baseline]))[0]!.score);
  expect(
    largestDifference(
      gradient.data,
      image.data.map((value) => 2 * value),
    ),
  ).toBe(0);
});
