import {
  type Coordinates,
  constant,
  gaussianBlur,
  gaussianKernel,
  input,
  resizeBilinear,
  resizeNearest,
  reverse,
  type Tensor,
} from '@igos/autograd';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectNumbers, numbers } from '../support/numbers.ts';
import { imageShapes, seededTensor, seeds } from '../support/random-shapes.ts';

const runs = { numRuns: 200, seed: 20 };
const side = fc.integer({ min: 1, max: 9 });
const row = (...values: number[]) => constant({ data: values, shape: [1, 1, values.length, 1] });
const square = (values: number[]) => {
  const side = Math.sqrt(values.length);
  return constant({ data: values, shape: [1, side, side, 1] });
};
const resized = (from: number[], to: number, coordinates: Coordinates) =>
  numbers(resizeBilinear(row(...from), [1, to], { coordinates }));
const every = ['alignCorners', 'halfPixel', 'legacy'] as const;
const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe('resizeBilinear', () => {
  test('with aligned corners turns 2×2 into 4×4 by thirds', () => {
    const big = numbers(resizeBilinear(square([0, 1, 2, 3]), [4, 4], { coordinates: 'alignCorners' }));
    expect(big.slice(0, 4)).toEqual(close([0, 1 / 3, 2 / 3, 1]));
    expect([0, 4, 8, 12].map((at) => big[at])).toEqual(close([0, 2 / 3, 4 / 3, 2]));
  });

  test('with half-pixel centres stays flat at the borders', () => {
    expect(resized([0, 1], 4, 'halfPixel')).toEqual(close([0, 0.25, 0.75, 1]));
    expect(resized([0, 1, 2, 3], 2, 'halfPixel')).toEqual(close([0.5, 2.5]));
  });

  test('as TensorFlow 1 did starts at the first pixel and stays flat at the end', () => {
    expect(resized([0, 1], 4, 'legacy')).toEqual(close([0, 0.5, 1, 1]));
    expect(resized([0, 1, 2, 3], 2, 'legacy')).toEqual(close([0, 2]));
  });

  test('to one pixel takes the first with aligned corners, the middle with half-pixel centres', () => {
    expect(resized([1, 2, 6], 1, 'alignCorners')).toEqual([1]);
    expect(resized([1, 2, 6], 1, 'halfPixel')).toEqual([2]);
    expect(resized([1, 2, 6], 1, 'legacy')).toEqual([1]);
  });

  test.each(every)('%s repeats a single pixel', (coordinates) => {
    expect(resized([4], 3, coordinates)).toEqual([4, 4, 4]);
  });

  test.each(every)('%s keeps an image of the size asked for', (coordinates) => {
    fc.assert(
      fc.property(imageShapes, seeds, (shape, seed) => {
        const x = seededTensor(seed, shape);
        expectNumbers(resizeBilinear(x, [shape[1], shape[2]], { coordinates }), numbers(x));
        expectNumbers(resizeNearest(x, [shape[1], shape[2]], { coordinates }), numbers(x));
      }),
      runs,
    );
  });

  test.each(every)('%s keeps a constant image constant, and never leaves the range of the image', (coordinates) => {
    fc.assert(
      fc.property(imageShapes, fc.tuple(side, side), seeds, (shape, size, seed) => {
        const x = seededTensor(seed, shape);
        const values = numbers(resizeBilinear(x, size, { coordinates }));
        expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...numbers(x)) + 1e-12);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(...numbers(x)) - 1e-12);
        const nearest = new Set(numbers(x));
        expect(numbers(resizeNearest(x, size, { coordinates })).every((value) => nearest.has(value))).toBe(true);
      }),
      runs,
    );
  });

  test.each(['alignCorners', 'halfPixel'] as const)('%s treats left and right alike', (coordinates) => {
    fc.assert(
      fc.property(imageShapes, fc.tuple(side, side), seeds, (shape, size, seed) => {
        fc.pre(coordinates !== 'alignCorners' || Math.min(...size) > 1);
        const x = seededTensor(seed, shape);
        const mirrored = (image: Tensor) => reverse(reverse(image, 1), 2);
        const there = numbers(mirrored(resizeBilinear(x, size, { coordinates })));
        expectNumbers(resizeBilinear(mirrored(x), size, { coordinates }), there);
      }),
      runs,
    );
  });

  test('with aligned corners keeps corners and straight lines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 }), (from, to) => {
        const ramp = Array.from({ length: from }, (_, i) => i / (from - 1));
        expect(resized(ramp, to, 'alignCorners')).toEqual(close(Array.from({ length: to }, (_, i) => i / (to - 1))));
      }),
      runs,
    );
  });

  test('refuses what is no image', () => {
    expect(() => resizeBilinear(input('x', [4, 4]), [2, 2], { coordinates: 'legacy' })).toThrow(
      'resize needs [n, h, w, c], got [4, 4]',
    );
  });
});

describe('resizeNearest', () => {
  const nearest = (from: number[], to: number, coordinates: Coordinates) =>
    numbers(resizeNearest(row(...from), [1, to], { coordinates }));

  test('takes the pixel below with plain scaling', () => {
    expect(nearest([0, 1, 2], 5, 'legacy')).toEqual([0, 0, 1, 1, 2]);
    expect(nearest([0, 1, 2, 3, 4], 3, 'legacy')).toEqual([0, 1, 3]);
  });

  test('takes the pixel under the centre with half-pixel centres', () => {
    expect(nearest([0, 1, 2], 5, 'halfPixel')).toEqual([0, 0, 1, 2, 2]);
    expect(nearest([0, 1, 2, 3, 4], 3, 'halfPixel')).toEqual([0, 2, 4]);
  });

  test('rounds with aligned corners, halves upwards', () => {
    expect(nearest([0, 1, 2], 5, 'alignCorners')).toEqual([0, 1, 1, 2, 2]);
    expect(nearest([0, 1, 2, 3, 4], 3, 'alignCorners')).toEqual([0, 2, 4]);
  });
});

describe('gaussianBlur', () => {
  test('keeps a constant image constant, to the border', () => {
    const flat = constant({ data: new Array(7 * 6).fill(0.3), shape: [1, 7, 6, 1] });
    expect(numbers(gaussianBlur(flat, { size: 5, sigma: 4 }))).toEqual(close(new Array(42).fill(0.3)));
  });

  test('mirrors around the edge pixel: a ramp of 3 taps and sigma 1', () => {
    const ramp = constant({ data: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4], shape: [1, 2, 5, 1] });
    const values = numbers(gaussianBlur(ramp, { size: 3, sigma: 1 }));
    expect(values[0]).toBeCloseTo(0.548, 3);
    expect(values[0]! + values[4]!).toBeCloseTo(4, 12);
    expect(values.slice(1, 4)).toEqual(close([1, 2, 3]));
  });

  test('blurs rows like columns, and every channel alone', () => {
    const x = seededTensor(3, [1, 5, 5, 2]);
    const swap = (image: Tensor) =>
      numbers(image).map((_, i, all) => all[(i % 2) + 2 * (5 * (Math.floor(i / 2) % 5) + Math.floor(i / 10))]!);
    const blurred = gaussianBlur(x, { size: 3, sigma: 1 });
    const turned = gaussianBlur(constant({ data: swap(x), shape: [1, 5, 5, 2] }), { size: 3, sigma: 1 });
    expect(numbers(turned)).toEqual(close(swap(blurred)));
  });

  test('of 51 taps with sigma 50 is nearly a box: edge to centre is 0.882, and all taps make 1', () => {
    const kernel = gaussianKernel(51, 50);
    expect(kernel[0]! / kernel[25]!).toBeCloseTo(Math.exp(-(25 ** 2) / 5000), 12);
    expect(kernel[0]! / kernel[25]!).toBeCloseTo(0.882, 3);
    expect(kernel.reduce((total, tap) => total + tap, 0)).toBeCloseTo(1, 14);
  });

  test.each([
    ['an even kernel', 4, 1],
    ['an empty kernel', 0, 1],
    ['a broken kernel', 2.5, 1],
    ['a sigma of 0', 3, 0],
    ['a sigma that is none', 3, Number.NaN],
  ])('refuses %s', (_, size, sigma) => {
    const blur = () => gaussianBlur(input('x', [1, 9, 9, 1]), { size, sigma });
    expect(blur).toThrow(`a Gaussian kernel needs an odd size and a positive sigma, got ${size} and ${sigma}`);
  });

  test('refuses a kernel that reaches beyond the mirror', () => {
    expect(() => gaussianBlur(input('x', [1, 3, 9, 1]), { size: 7, sigma: 1 })).toThrow(
      'pad reflect of 3 needs more than 3 elements on axis 1',
    );
  });
});
