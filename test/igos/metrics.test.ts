import { constant, type HostArray, mul, referenceBackend, sub, sum, type Tensor } from '@igos/autograd';
import fc from 'fast-check';
import {
  areaScore,
  createMaskProblem,
  deletionInsertion,
  displayMap,
  Interruption,
  type MaskProblem,
  NotFiniteError,
  OptionError,
  replacementOrder,
} from 'igos';
import { describe, expect, test } from 'vitest';
import { cuts, rankPixels } from '../../packages/igos/src/metrics/ranking.ts';
import { roundSaliency } from '../../packages/igos/src/saliency.ts';
import { largestDifference } from '../support/igos-golden.ts';
import { array, constantScore, countingBackend, linear, maskItself } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const map = (shape: readonly number[], values: ArrayLike<number> | ((i: number) => number)) => array(shape, values);

describe('areas', () => {
  test.each([0, 0.3, 1])('of a constant score of %d are that score', async (score) => {
    const problem = maskItself([5, 7], { score: constantScore(score) });
    const { deletion, insertion } = await deletionInsertion(
      problem,
      map([5, 7], (i) => i),
    );
    expect(deletion.auc).toBeCloseTo(score, 14);
    expect(insertion.auc).toBeCloseTo(score, 14);
    expect(deletion.curve.length).toBe(51);
    expect(deletion.normalizedAuc).toBeUndefined();
  });

  test('of a straight line from 1 to 0 are one half: both ends count half', async () => {
    const problem = maskItself([10, 10], { score: linear(array([10, 10, 1], () => 0.01)) });
    const { deletion, insertion } = await deletionInsertion(
      problem,
      map([10, 10], (i) => -i),
    );
    expect(deletion.auc).toBeCloseTo(0.5, 7);
    expect(insertion.auc).toBeCloseTo(0.5, 7);
    expect([deletion.curve[0], deletion.curve[50]]).toEqual([expect.closeTo(1, 6), 0]);
    expect(insertion.curve[1]).toBeCloseTo(0.02, 8);
  });

  test('are normalized by what image and baseline leave room for', async () => {
    const score = (images: Tensor) => sub(sum(mul(images, 0.08), { axes: [1, 2, 3] }), -0.2);
    const { deletion } = await deletionInsertion(
      maskItself([2, 5], { score }),
      map([2, 5], (i) => i),
    );
    expect(deletion.auc).toBeCloseTo(0.6, 6);
    expect(deletion.normalizedAuc).toBeCloseTo(0.5, 6);
  });

  test('say what they are made of', async () => {
    const result = await deletionInsertion(maskItself([2, 2], { score: constantScore(0) }), map([2, 2], [1, 2, 3, 4]), {
      steps: 4,
    });
    expect(result).toMatchObject({ mode: 'pixels', steps: 4, ties: 'index', covered: 1 });
  });
});

describe('what is replaced', () => {
  /** Value of one pixel of an image of four. */
  const pixel = (at: number) => linear(array([2, 2, 1], (i) => (i === at ? 1 : 0)));

  test('the most salient pixel first: it is deleted first and revealed first', async () => {
    for (const at of [0, 1, 2, 3]) {
      const saliency = map([2, 2], (i) => (i === at ? 1 : 0));
      const { deletion, insertion } = await deletionInsertion(maskItself([2, 2], { score: pixel(at) }), saliency, {
        steps: 4,
      });
      expect([...deletion.curve]).toEqual([1, 0, 0, 0, 0]);
      expect([...insertion.curve]).toEqual([0, 1, 1, 1, 1]);
    }
  });

  test('whole pixels with all their channels by those of the baseline, whatever its values', async () => {
    const channels = constant({ data: Float64Array.of(1, 10), shape: [1, 1, 1, 2] });
    const problem = createMaskProblem({
      score: (images) => sum(mul(images, channels), { axes: [1, 2, 3] }),
      image: array([1, 2, 2], [1, 2, 3, 4]),
      baseline: array([1, 2, 2], [-1, 0.5, -0.25, 7]),
      ...{ maskSize: [1, 1], backend: referenceBackend },
    });
    const { deletion } = await deletionInsertion(problem, map([1, 2], [0, 1]), { steps: 2 });
    expect([...deletion.curve]).toEqual([21 + 43, 21 + 69.75, 4 + 69.75]);
  });

  test('hard, with no half pixels at the edges of a coarse mask', async () => {
    // 2x2 mask over 4x4: upsampled it has soft edges; only 0 and 1 may reach the network.
    const between = (images: Tensor) => sum(mul(images, sub(1, images)), { axes: [1, 2, 3] });
    const problem = maskItself([4, 4], { score: between, maskSize: [2, 2] });
    const { data } = problem.upsample([0, 1, 1, 1]);
    const saliency = map(
      [4, 4],
      data.map((keep) => 1 - keep),
    );
    const { deletion } = await deletionInsertion(problem, saliency, { steps: 16 });
    expect([...deletion.curve]).toEqual(new Array(17).fill(0));
    expect(saliency.data[1]).toBeCloseTo(2 / 3, 6);
  });

  test('by the class of the problem, though another one leads on the way', async () => {
    // Class score of the left pixel; the right pixel stands for a class that wins once the left one is gone.
    const { deletion } = await deletionInsertion(
      maskItself([1, 2], {
        score: linear(array([1, 2, 1], [0.6, 0])),
        probability: linear(array([1, 2, 1], [0.6, 0])),
      }),
      map([1, 2], [1, 0]),
      { steps: 2 },
    );
    expect([...deletion.curve].map(Math.fround)).toEqual([0.6, 0, 0].map(Math.fround));
  });

  test('and scored by the probability, not by the score', async () => {
    const problem = maskItself([1, 2], { score: constantScore(9), probability: linear(array([1, 2, 1], [0.5, 0.5])) });
    const { deletion } = await deletionInsertion(problem, map([1, 2], [1, 0]), { steps: 2 });
    expect([...deletion.curve]).toEqual([1, 0.5, 0]);
  });
});

describe('cuts', () => {
  test('are floor(k·pixels/T + 1/2): half a pixel is rounded up', () => {
    expect(cuts(289, 50).slice(0, 4)).toEqual([0, 6, 12, 17]);
    expect(cuts(289, 50)[25]).toBe(145);
    expect(cuts(3, 2)).toEqual([0, 2, 3]);
  });

  test('begin with nothing, end with everything and never go back, whatever T', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 120 }), (pixels, steps) => {
        const all = cuts(pixels, steps);
        expect(all.length).toBe(steps + 1);
        expect([all[0], all[steps]]).toEqual([0, pixels]);
        for (let k = 1; k <= steps; k++) {
          expect(all[k]! - all[k - 1]!).toBeGreaterThanOrEqual(Math.floor(pixels / steps));
          expect(all[k]! - all[k - 1]!).toBeLessThanOrEqual(Math.ceil(pixels / steps));
        }
      }),
    );
  });

  test('more steps than pixels are allowed', async () => {
    const { deletion } = await deletionInsertion(
      maskItself([1, 1], { score: linear(array([1, 1, 1], [1])) }),
      map([1, 1], [1]),
    );
    expect([deletion.curve[24], deletion.curve[25]]).toEqual([1, 0]);
  });
});

describe('ties', () => {
  /** Half of the pixels are equally salient; the score sees only their last one. */
  const block = map([4, 4], (i) => (i < 8 ? 0.5 : 0));
  const lastOfBlock = () => maskItself([4, 4], { score: linear(array([4, 4, 1], (i) => (i === 7 ? 1 : 0))) });
  const firstDrop = (curve: Float64Array) => curve.indexOf(0);

  test('by index: in reading order', async () => {
    const { deletion } = await deletionInsertion(lastOfBlock(), block, { steps: 16, ties: 'index' });
    expect(firstDrop(deletion.curve)).toBe(8);
  });

  test('by direction: where the score climbs most', async () => {
    const tieBreak = Float64Array.from({ length: 16 }, (_, i) => i);
    const { deletion, ties } = await deletionInsertion(lastOfBlock(), block, { steps: 16, tieBreak });
    expect([ties, firstDrop(deletion.curve)]).toEqual(['direction', 1]);
  });

  test('by direction of coarser cells: upsampled', async () => {
    const problem = maskItself([4, 4], { score: constantScore(0), maskSize: [2, 2] });
    const cells = await deletionInsertion(problem, block, { tieBreak: [0, 1, 2, 3] });
    const pixels = await deletionInsertion(problem, block, { tieBreak: problem.upsample([0, 1, 2, 3]).data });
    expect(cells).toEqual(pixels);
  });

  test('by direction without one: by index, and the result says so', async () => {
    const result = await deletionInsertion(lastOfBlock(), block, { steps: 16, ties: 'direction' });
    expect([result.ties, firstDrop(result.deletion.curve)]).toEqual(['index', 8]);
  });

  test('at random: the mean over seeded orders', async () => {
    const random = (seed: number, orders = 20) =>
      deletionInsertion(lastOfBlock(), block, { steps: 16, ties: 'random', seed, orders });
    const { deletion } = await random(1);
    expect(await random(1)).toEqual(await random(1));
    expect((await random(1, 1)).deletion.curve).not.toEqual((await random(2, 1)).deletion.curve);
    // The pixel that counts is gone after 1 to 8 of 16 steps, 4.5 on average.
    expect(deletion.auc).toBeGreaterThan(3 / 16);
    expect(deletion.auc).toBeLessThan(6 / 16);
    expect(deletion.curve.some((score) => score > 0 && score < 1)).toBe(true);
  });

  test('of another kind are refused', async () => {
    await expect(deletionInsertion(lastOfBlock(), block, { ties: 'luck' as 'index' })).rejects.toThrow(
      "ties are broken by direction, index or random, got 'luck'",
    );
  });

  test('values that are equal to 6 decimals are ties', () => {
    expect([...rankPixels([0.1, 0.1 + 4e-7, 0.2])]).toEqual([2, 0, 1]);
    expect([...rankPixels([0.1, 0.1 + 6e-7, 0.2])]).toEqual([2, 1, 0]);
  });

  test('a ranking names every pixel once, and no less salient one comes first', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (values) => {
        const order = rankPixels(values);
        expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
        const rounded = roundSaliency(values);
        for (let i = 1; i < order.length; i++) {
          const [before, after] = [order[i - 1]!, order[i]!];
          expect(rounded[before]! - rounded[after]! || after - before).toBeGreaterThan(0);
        }
      }),
    );
  });
});

test('the insertion area of a map is the deletion area of its reverse', async () => {
  const saliency = map([5, 5], (i) => (7 * i) % 25);
  const problem = maskItself([5, 5], {
    score: (images) =>
      sum(mul(images, constant({ data: seededValues(1, 25), shape: [1, 5, 5, 1] })), { axes: [1, 2, 3] }),
  });
  const reversed = map(
    [5, 5],
    saliency.data.map((value) => 24 - value),
  );
  const forwards = await deletionInsertion(problem, saliency, { steps: 25 });
  const backwards = await deletionInsertion(problem, reversed, { steps: 25 });
  expect(forwards.insertion.auc).toBeCloseTo(backwards.deletion.auc, 12);
  expect(largestDifference(forwards.insertion.curve, backwards.deletion.curve.toReversed())).toBeLessThan(1e-12);
});

describe('the order of replacement, played back', () => {
  // a mask with ties, and a score that tells all pixels apart
  const weights = constant({ data: seededValues(3, 70), shape: [1, 5, 7, 2] });
  const problem = createMaskProblem({
    score: (images) => sum(mul(images, weights), { axes: [1, 2, 3] }),
    image: array([5, 7, 2], seededValues(4, 70)),
    baseline: array([5, 7, 2], seededValues(5, 70)),
    ...{ maskSize: [3, 3], backend: referenceBackend },
  });
  const upsampled = problem.upsample([1, 1, 0.25, 1, 0, 1, 1, 1, 0.5]).data;
  const saliency = map(
    [5, 7],
    upsampled.map((keep) => 1 - keep),
  );

  test.each([
    ['by the direction of cells', { tieBreak: seededValues(6, 9), steps: 6 }],
    ['by the direction of pixels', { tieBreak: seededValues(6, 35) }],
    ['by index', {}],
    ['at random, the first of the orders', { ties: 'random', orders: 1, seed: 3 }],
  ] as const)('gives the scores of the curves: ties %s', async (_, options) => {
    const { deletion, insertion, ties } = await deletionInsertion(problem, saliency, options);
    const replacement = replacementOrder(problem, saliency, options);
    const scoreAfter = async (cut: number, [from, to]: readonly [HostArray, HostArray]) => {
      const replaced = new Set(replacement.order.subarray(0, cut));
      const data = Float64Array.from(from.data, (value, i) => (replaced.has(Math.floor(i / 2)) ? to.data[i]! : value));
      return (await problem.evaluate([{ data, shape: from.shape }]))[0]!.probability;
    };
    expect(replacement.ties).toBe(ties);
    expect(replacement.cuts.length).toBe(deletion.curve.length);
    for (const [k, cut] of replacement.cuts.entries()) {
      expect(await scoreAfter(cut, [problem.image, problem.baseline])).toBeCloseTo(deletion.curve[k]!, 12);
      expect(await scoreAfter(cut, [problem.baseline, problem.image])).toBeCloseTo(insertion.curve[k]!, 12);
    }
  });

  test('has images for each step, with the scores of the curves and the pixels of the order', async () => {
    const options = { tieBreak: seededValues(6, 9), steps: 6 };
    const { deletion, insertion } = await deletionInsertion(problem, saliency, options);
    const order = replacementOrder(problem, saliency, options);
    for (const [step, cut] of order.cuts.entries()) {
      const { pixels, share, kept, removed } = await areaScore(problem, order, step);
      expect([pixels, share]).toEqual([cut, cut / 35]);
      expect(kept).toMatchObject({ score: insertion.curve[step], probability: insertion.curve[step] });
      expect(removed).toMatchObject({ score: deletion.curve[step], probability: deletion.curve[step] });
      const salient = new Set(order.order.subarray(0, cut));
      for (let i = 0; i < 70; i++) {
        const [inside, outside] = salient.has(i >> 1) ? [kept, removed] : [removed, kept];
        expect([inside.image.data[i], outside.image.data[i]]).toEqual([
          problem.image.data[i],
          problem.baseline.data[i],
        ]);
      }
    }
    await expect(areaScore(problem, order, 7)).rejects.toThrow('step must be an integer from 0 to 6, got 7');
    await expect(areaScore(problem, order, 0.5)).rejects.toThrow(OptionError);
  });

  test('is refused for a map of another size', () => {
    const turned = map([7, 5], () => 1);
    expect(() => replacementOrder(problem, turned)).toThrow('saliency needs shape [5, 7], got [7, 5]');
  });
});

describe('saliency', () => {
  test('is rounded to 6 decimals, halves to even as numpy does', () => {
    const halves = [0.0078125, 0.0234375, 0.0390625, -0.0078125]; // 7812.5, 23437.5, 39062.5 millionths
    expect([...roundSaliency(halves)]).toEqual([0.007812, 0.023438, 0.039062, -0.007812].map(Math.fround));
    expect([...roundSaliency([0.1234564, 0.1234566])]).toEqual([0.123456, 0.123457].map(Math.fround));
  });

  test('of one value everywhere is drawn as 0, not as NaN', () => {
    expect([...displayMap(map([2, 2], () => 0.7)).data]).toEqual([0, 0, 0, 0]);
    expect([...displayMap(map([1, 3], [2, 3, 4])).data]).toEqual([0, 0.5, 1]);
  });

  test('with NaN or of another size is refused', async () => {
    const problem = maskItself([2, 2], { score: constantScore(0) });
    await expect(
      deletionInsertion(
        problem,
        map([2, 2], () => Number.NaN),
      ),
    ).rejects.toThrow(NotFiniteError);
    await expect(
      deletionInsertion(
        problem,
        map([4, 1], () => 1),
      ),
    ).rejects.toThrow(OptionError);
    await expect(
      deletionInsertion(
        problem,
        map([2, 2], () => 1),
        { steps: 0 },
      ),
    ).rejects.toThrow(OptionError);
  });
});

test('an aborted signal stops a metric between two runs of the network', async () => {
  const problem: MaskProblem = maskItself([2, 2], { score: constantScore(0) });
  const run = deletionInsertion(
    problem,
    map([2, 2], () => 1),
    { signal: AbortSignal.abort() },
  );
  await expect(run).rejects.toThrow(Interruption);
});

test('images go through the network in batches, each once, which changes no number', async () => {
  const measure = async (batch: number) => {
    const { backend, images, runs } = countingBackend({ loops: false });
    const score = linear(array([5, 5, 1], seededValues(2, 25)));
    const problem = maskItself([5, 5], { score, backend, batch });
    const areas = await deletionInsertion(
      problem,
      map([5, 5], (i) => i),
    );
    expect(problem.counts).toEqual({ forward: 102, gradient: 0 });
    expect(images()).toEqual(problem.counts);
    return { areas, runs: runs() };
  };
  const [together, alone] = [await measure(4), await measure(1)];
  expect(together.areas).toEqual(alone.areas);
  // 51 images from one end to the other, ten at a time.
  const oneWay = [...new Array(5).fill([4, 4, 2]), 1].flat();
  expect(together.runs).toEqual([...oneWay, ...oneWay]);
  expect(alone.runs).toEqual(new Array(102).fill(1));
});
