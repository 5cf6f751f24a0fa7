import { readFileSync } from 'node:fs';
import { abs, compile, constant, gradient, input, mean, mul, referenceBackend, square, sub } from '@igos/autograd';
import fc from 'fast-check';
import {
  type BilateralOptions,
  createMaskProblem,
  type HostRegularizer,
  type MaskSize,
  OptionError,
  type Regularizer,
  regularizers,
} from 'igos';
import { describe, expect, test, vi } from 'vitest';
import { largestDifference } from '../support/igos-golden.ts';
import { bilateralTotalVariation } from '../support/igos-terms.ts';
import { array, linear, ones } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const image = array([12, 16, 3], seededValues(4, 12 * 16 * 3, [0, 1]));

const { l1, totalVariation, bilateral } = regularizers;

/** Central differences of a term at a mask. */
function slopes(regularizer: HostRegularizer, mask: Float64Array, size: MaskSize): Float64Array {
  const h = 1e-6;
  return mask.map((value, i) => {
    const at = (moved: number) => regularizer.value(mask.with(i, moved), size);
    return (at(value + h) - at(value - h)) / (2 * h);
  });
}

const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));

describe.each([
  ['l1', l1],
  ['total variation of beta 1', totalVariation(1)],
  ['total variation of beta 1.5', totalVariation(1.5)],
  ['total variation of beta 2', totalVariation(2)],
  ['total variation of beta 3', totalVariation(3)],
  ['bilateral', bilateral({ image, weight: 3, sigma: 0.1 })],
  ['bilateral of half pixels', bilateral({ image, weight: 0.5, sigma: 0.1, upsampling: 'halfPixel' })],
])('%s', (_, regularizer) => {
  test('its gradient is that of finite differences, for every mask size', () => {
    fc.assert(
      fc.property(sizes, fc.integer(), (size, seed) => {
        const mask = seededValues(seed, size[0] * size[1], [0.05, 0.95]);
        const slope = regularizer.gradient(mask, size);
        expect(largestDifference(slope, slopes(regularizer, mask, size))).toBeLessThan(1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('at a mask of ones value and gradient are exactly 0', () => {
    for (const size of [
      [1, 1],
      [1, 5],
      [4, 1],
      [3, 4],
    ] as const) {
      const mask = ones(size[0] * size[1]);
      expect(regularizer.value(mask, size)).toBe(0);
      expect([...regularizer.gradient(mask, size)].map(Math.abs)).toEqual([...mask].fill(0));
    }
  });
});

test('means, not sums: closed forms on small masks', () => {
  expect(l1.value([1, 0.5, 0, 1], [2, 2])).toBe(0.375);
  // Differences: down 1, 0.5; right 0.5, 1. Each half is a mean over its own two.
  expect(totalVariation(2).value([1, 0.5, 0, 1], [2, 2])).toBe((1 + 0.25) / 2 + (0.25 + 1) / 2);
  expect(totalVariation(1).value([1, 0.5, 0, 1], [2, 2])).toBe(0.75 + 0.75);
  // One cell of nine deleted: four differences of 1, six in each half.
  expect(totalVariation(2).value([1, 1, 1, 1, 0, 1, 1, 1, 1], [3, 3])).toBeCloseTo(4 / 6, 15);
});

test('non-square masks divide by their own number of differences, a side of 1 has none', () => {
  // 2x3: 3 vertical differences of 1, 4 horizontal ones of 0.
  expect(totalVariation(2).value([0, 0, 0, 1, 1, 1], [2, 3])).toBe(1);
  expect(totalVariation(2).value([0, 1, 1], [1, 3])).toBe(0.5);
  expect(totalVariation(2).value([0, 1, 1], [3, 1])).toBe(0.5);
  expect(totalVariation(2).value([0.3], [1, 1])).toBe(0);
});

interface StoredTerm {
  readonly name: string;
  readonly attrs: { readonly beta?: number };
  readonly inputs: { readonly mask: { readonly shape: [number, number]; readonly data: number[] } };
  readonly output: { readonly data: number[] };
  readonly vjp: { readonly mask: { readonly data: number[] } };
}

describe('stored cases', () => {
  const text = readFileSync(new URL('../golden/ops/igosTerms.json', import.meta.url), 'utf8');
  const cases: StoredTerm[] = JSON.parse(text).cases;
  const known = cases.filter(({ name }) => /^(l1|tv)_/.test(name));

  test('there are some', () => expect(known.length).toBeGreaterThanOrEqual(4));

  test.each(known.map((each) => [each.name, each] as const))('%s', (name, { attrs, inputs, output, vjp }) => {
    const { data, shape } = inputs.mask;
    const regularizer = name.startsWith('l1') ? l1 : totalVariation(attrs.beta ?? 2);
    expect(regularizer.value(data, shape)).toBeCloseTo(output.data[0]!, 9);
    expect(largestDifference(regularizer.gradient(data, shape), vjp.mask.data)).toBeLessThan(1e-9);
  });
});

describe('bilateral total variation', () => {
  test('does not change when image and mask are transposed', () => {
    const side = 6;
    const picture = seededValues(1, side * side * 2, [0, 1]);
    const mask = seededValues(2, side * side, [0, 1]);
    const transposed = (values: Float64Array, channels: number) =>
      values.map((_, i) => {
        const [pixel, channel] = [Math.floor(i / channels), i % channels];
        return values[((pixel % side) * side + Math.floor(pixel / side)) * channels + channel]!;
      });
    const value = (data: Float64Array, cells: Float64Array) =>
      bilateral({ image: { data, shape: [side, side, 2] }, weight: 1, sigma: 0.05 }).value(cells, [side, side]);
    expect(value(transposed(picture, 2), transposed(mask, 1))).toBeCloseTo(value(picture, mask), 14);
  });

  test('is the mean of plain and edge-aware variation: equal to plain on a flat image of the mask size', () => {
    const flat = array([3, 4, 1], () => 0.4);
    const mask = seededValues(3, 12, [0, 1]);
    const plain = totalVariation(2).value(mask, [3, 4]);
    expect(bilateral({ image: flat, weight: 1 }).value(mask, [3, 4])).toBeCloseTo(plain, 14);
  });

  test('a step in the mask costs less where the image has an edge', () => {
    const { value } = bilateral({ image: array([1, 4, 1], [0, 0, 1, 1]), weight: 1 });
    expect(value([0, 0, 1, 1], [1, 4])).toBeLessThan(value([0, 1, 1, 1], [1, 4]));
  });

  test('of a grey image is the published term, which the stored records hold', async () => {
    const grey = array([11, 11, 1], seededValues(5, 121, [0, 1]));
    const cells = seededValues(6, 25, [0, 1]);
    const mask = input('mask', [5, 5]);
    const picture = constant({ data: grey.data, shape: [1, 11, 11, 1] });
    const value = bilateralTotalVariation(mask, picture, { beta: 2, sigma: 0.01 });
    const outputs = { value, slope: gradient(value, [mask])[0]! };
    const published = await compile({ inputs: [mask], outputs }, referenceBackend).run({
      mask: { data: cells, shape: [5, 5] },
    });
    const ours = bilateral({ image: grey, weight: 2, sigma: 0.01 });
    expect(ours.value(cells, [5, 5])).toBeCloseTo(2 * published.value.data[0]!, 12);
    const slopes = published.slope.data.map((slope) => 2 * slope);
    expect(largestDifference(ours.gradient(cells, [5, 5]), slopes)).toBeLessThan(1e-12);
  });

  test.each([
    [{ weight: -1 }, 'the weight of the bilateral term must be a number at least 0, got -1'],
    [{ weight: undefined }, 'the weight of the bilateral term must be a number at least 0, got undefined'],
    [{ sigma: 0 }, 'the sigma of the bilateral term must be a number above 0, got 0'],
    [{ image: array([4, 4], () => 0) }, 'an image needs shape [height, width, channels], got [4, 4]'],
  ])('of %o is refused', (options, message) => {
    expect(() => bilateral({ image, weight: 1, ...options } as BilateralOptions)).toThrow(new OptionError(message));
  });
});

describe('in a problem', () => {
  const shape = [4, 5, 1];
  const base = {
    score: linear(array(shape, () => 0.1)),
    image: array(shape, () => 1),
    baseline: array(shape, () => 0),
    backend: referenceBackend,
    maskSize: [4, 5],
  } as const;
  const mask = seededValues(8, 20, [0, 1]);

  test('an exponent below 1 is refused, since its slope at equal neighbours is infinite', () => {
    expect(() => createMaskProblem({ ...base, regularizers: { tvBeta: 0.5 } })).toThrow(/at least 1, got 0.5/);
  });

  test.each([{ l1: -1 }, { tv: -0.1 }, { tv: Number.NaN }])('a weight of %o is refused', (weights) => {
    expect(() => createMaskProblem({ ...base, regularizers: weights })).toThrow(OptionError);
  });

  test('a custom term by graph adds its value and gradient', async () => {
    const own = createMaskProblem({
      ...base,
      regularizers: { l1: 0, tv: 0, custom: [(m) => mul(0.3, mean(abs(sub(1, m))))] },
    });
    const builtIn = createMaskProblem({ ...base, regularizers: { l1: 0.3, tv: 0 } });
    expect((await own.penalties(mask)).penalty).toBeCloseTo((await builtIn.penalties(mask)).penalty, 14);
    expect(largestDifference(await own.penaltyGradient(mask), await builtIn.penaltyGradient(mask))).toBeLessThan(1e-15);
  });

  test('a custom term by hand does too', async () => {
    const towardsHalf: Regularizer = {
      name: 'towards one half',
      value: (m) => Array.from(m).reduce((sum, value) => sum + (value - 0.5) ** 2, 0),
      gradient: (m) => Float64Array.from(m, (value) => 2 * (value - 0.5)),
    };
    const problem = createMaskProblem({ ...base, regularizers: { l1: 0, tv: 0, custom: [towardsHalf] } });
    expect((await problem.penalties(mask)).penalty).toBeCloseTo(towardsHalf.value(mask, [4, 5]) as number, 14);
    expect(await problem.penaltyGradient(mask)).toEqual(towardsHalf.gradient(mask, [4, 5]));
  });

  test.each([
    ['bilateral', "'bilateral'"],
    [undefined, 'undefined'],
    [{ weight: 1 }, 'object'],
  ])('a custom term that is none is refused: %o', (term, got) => {
    const message = `regularizers.custom takes functions of a mask, or a value and its gradient, got ${got}`;
    const make = () => createMaskProblem({ ...base, regularizers: { custom: [term as never] } });
    expect(make).toThrow(new OptionError(message));
  });

  test('a custom graph has to give one number', () => {
    expect(() => createMaskProblem({ ...base, regularizers: { custom: [(m) => square(m)] } })).toThrow(
      'a custom term must be one number, got shape [1, 4, 5, 1]',
    );
  });

  test('a custom term is freed with its problem', () => {
    const dispose = vi.fn();
    const problem = createMaskProblem({ ...base, regularizers: { custom: [{ ...l1, dispose }] } });
    expect(dispose).not.toHaveBeenCalled();
    problem.dispose();
    expect(dispose).toHaveBeenCalledOnce();
  });

  test('the terms that are reported are unweighted, the penalty is weighted', async () => {
    const edgeAware = bilateral({ image: base.image, weight: 2 });
    const problem = createMaskProblem({ ...base, regularizers: { l1: 0.5, tv: 3, custom: [edgeAware] } });
    const penalties = await problem.penalties(mask);
    const size = [4, 5] as const;
    expect(penalties.l1).toBe(l1.value(mask, size));
    expect(penalties.tv).toBe(totalVariation(2).value(mask, size));
    const weighted = 0.5 * penalties.l1 + 3 * penalties.tv + edgeAware.value(mask, size);
    expect(penalties.penalty).toBeCloseTo(weighted, 14);
  });
});
