import {
  abs,
  clamp,
  classProbability,
  constant,
  gradient,
  leakyRelu,
  max,
  maximum,
  maxPool,
  min,
  minimum,
  mul,
  pow,
  relu,
  relu6,
  sign,
  softmax,
  sum,
  type Tensor,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { matrix, numbers, vector } from '../support/numbers.ts';

const slope = (f: (x: Tensor) => Tensor, x: Tensor) => numbers(gradient(f(x), [x])[0]);

describe('where a derivative jumps, the convention is', () => {
  test('relu has slope 0 at 0', () => expect(slope(relu, vector(-1, 0, 1))).toEqual([0, 0, 1]));

  test('relu6 has slope 0 at 0 and at 6', () => expect(slope(relu6, vector(0, 3, 6, 7))).toEqual([0, 1, 0, 0]));

  test('leakyRelu has its lower slope at 0', () =>
    expect(slope((x) => leakyRelu(x, 0.25), vector(-1, 0, 1))).toEqual([0.25, 0.25, 1]));

  test('abs has slope 0 at 0', () => expect(slope(abs, vector(-2, 0, 2))).toEqual([-1, 0, 1]));

  test('sign has slope 0 everywhere', () => expect(slope(sign, vector(-2, 0, 2))).toEqual([0, 0, 0]));

  test('clamp passes inside and at both ends', () =>
    expect(slope((x) => clamp(x, -1, 2), vector(-1.5, -1, 0, 2, 2.5))).toEqual([0, 1, 1, 1, 0]));

  test.each([
    ['maximum', maximum],
    ['minimum', minimum],
  ])('%s gives all to the first of two equal operands', (_, pick) => {
    const [a, b] = [vector(1), vector(1)];
    expect(gradient(pick(a, b), [a, b]).map(numbers)).toEqual([[1], [0]]);
  });

  test.each([
    ['max', max],
    ['min', min],
  ])('%s shares between equal values', (_, reduce) => {
    const x = matrix([1, 1, 1], [5, 5, 5]);
    expect(slope((each) => reduce(each, { axes: 1 }), x)).toEqual(new Array(6).fill(1 / 3));
  });

  test('maxPool gives all to the first of equal pixels, row-major', () => {
    const x = constant({ data: [1, 2, 2, 2], shape: [1, 2, 2, 1] });
    expect(slope((each) => maxPool(each, { size: 2, padding: 'valid' }), x)).toEqual([0, 1, 0, 0]);
  });

  test('maxPool never chooses padding, though everything is negative', () => {
    const x = constant({ data: [-3, -2], shape: [1, 1, 2, 1] });
    const pooled = maxPool(x, {
      size: 2,
      strides: 1,
      padding: [
        [1, 1],
        [1, 1],
      ],
    });
    expect(numbers(pooled)).toEqual([-3, -2, -2, -3, -2, -2]);
  });

  test.each([1, 2, 3])('|x| to the power of %i has slope 0 at 0, never NaN', (beta) =>
    expect(slope((x) => pow(abs(x), beta), vector(0, 0))).toEqual([0, 0]),
  );

  test('a power of 0 has slope 0, and the exponent of 0 too', () => {
    expect(slope((x) => pow(x, 0), vector(0, 3))).toEqual([0, 0]);
    expect(slope((x) => pow(vector(0, 1, -2), x), vector(2, 2, 2))).toEqual([0, 0, 0]);
  });
});

describe('a saturated class', () => {
  const logits = matrix([20, 0], [104, 0]);

  test('keeps its small true slope in classProbability', () => {
    const [first, other, second] = slope((x) => classProbability(x, 0), logits) as [number, number, number];
    expect(first / Math.exp(-20)).toBeCloseTo(1, 7);
    expect(other).toBe(-first);
    expect(second / Math.exp(-104)).toBeCloseTo(1, 12);
  });

  test('does not overflow, however large the logits', () => {
    const huge = matrix([1e4, -1e4, 9999]);
    const p = 1 / (1 + Math.exp(-1));
    expect(numbers(softmax(huge))).toEqual([p, 0, expect.closeTo(1 - p, 12)]);
    const [slopes] = gradient(sum(mul(softmax(huge), matrix([1, 0, 0]))), [huge]);
    expect(numbers(slopes)).toEqual([p * (1 - p), 0, -p * (1 - p)].map((value) => expect.closeTo(value, 12)));
  });

  test('has the same slopes through classProbability and softmax where nothing saturates', () => {
    const x = matrix([0.3, -1, 2], [1, 1.5, 0.2]);
    const direct = slope((each) => classProbability(each, 1), x);
    const bySoftmax = slope((each) => sum(mul(softmax(each), vector(0, 1, 0))), x);
    direct.forEach((value, i) => void expect(value).toBeCloseTo(bySoftmax[i]!, 14));
  });
});
