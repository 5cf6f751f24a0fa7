import {
  add,
  averagePool,
  compile,
  conv2d,
  dense,
  depthwiseConv2d,
  exp,
  gradient,
  input,
  mul,
  relu,
  sigmoid,
  square,
  sum,
  swish,
  type Tensor,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { chainOf, fusing, opsOf, plain, planOf } from '../support/plans.ts';
import { constantNorm, weight } from '../support/small-nets.ts';

const image = input('image', [1, 5, 6, 3]);
const x = input('x', [2, 3]);
const conv = (from: Tensor, seed = 1) => conv2d(from, weight(seed, [3, 3, from.shape[3]!, 4]), { padding: 'same' });

describe('fusing', () => {
  test('brings bias, activation and residual into the convolution', () => {
    const residual = input('residual', [1, 5, 6, 4]);
    const plan = planOf({ y: relu(add(add(conv(image), weight(9, [4])), residual)) });
    expect(opsOf(plan)).toEqual(['conv2d']);
    expect(chainOf(plan.steps[0]!)).toEqual(['add', 'add', 'greater', 'select']);
  });

  test('brings an activation with two readers of the convolution into it', () => {
    expect(opsOf(planOf({ y: swish(conv(image)) }))).toEqual(['conv2d']);
  });

  test('turns a chain of elementwise ops into one step', () => {
    expect(opsOf(planOf({ y: exp(sigmoid(add(square(x), 1))) }))).toEqual(['elementwise']);
  });

  test('reads what is broadcast in place', () => {
    const plan = planOf({ y: mul(x, input('row', [3])) });
    expect(opsOf(plan)).toEqual(['elementwise']);
    expect(plan.steps[0]!.chain!.operands).toEqual([
      { kind: 'input', input: 0, strides: [3, 1], dtype: 'float' },
      { kind: 'input', input: 1, strides: [0, 1], dtype: 'float' },
    ]);
  });

  test('keeps what others read as a value of its own', () => {
    const y = relu(conv(image));
    const plan = planOf({ y, doubled: mul(y, 2), total: sum(y) });
    expect(opsOf(plan)).toEqual(['conv2d', 'elementwise', 'sum']);
  });

  test('takes one contraction a step', () => {
    expect(opsOf(planOf({ y: relu(add(conv(image, 1), conv(image, 2))) }))).toEqual(['conv2d', 'conv2d']);
  });

  test('does not happen for a backend that does not ask for it', () => {
    const plan = planOf({ y: relu(add(conv(image), weight(9, [4]))) }, plain);
    expect(plan.steps.every(({ chain }) => chain === undefined)).toBe(true);
  });
});

describe('multiply-adds', () => {
  const countOf = (y: Tensor) => planOf({ y }).multiplyAdds;

  test('of a convolution are outputs × filter taps × input channels', () => {
    expect(countOf(conv(image))).toBe(5 * 6 * 4 * (3 * 3 * 3));
    const strided = conv2d(image, weight(1, [3, 3, 3, 4]), { strides: 2, padding: 'valid' });
    expect(countOf(strided)).toBe(2 * 2 * 4 * (3 * 3 * 3));
    expect(countOf(conv2d(image, weight(1, [2, 3, 3, 4]), { padding: 'same' }))).toBe(5 * 6 * 4 * (2 * 3 * 3));
  });

  test('of a depthwise convolution are outputs × filter taps', () => {
    expect(countOf(depthwiseConv2d(image, weight(1, [3, 3, 3, 2]), { padding: 'same' }))).toBe(5 * 6 * 6 * 9);
    expect(countOf(depthwiseConv2d(image, weight(1, [2, 3, 3, 1]), { padding: 'same' }))).toBe(5 * 6 * 3 * (2 * 3));
  });

  test('of a dense layer are inputs × outputs', () => {
    expect(countOf(dense(x, weight(1, [3, 4])))).toBe(2 * 3 * 4);
  });

  test('of both gradients of a convolution equal its own', () => {
    const filter = input('filter', [3, 3, 3, 4]);
    const y = conv2d(image, filter, { padding: 'same' });
    const [byImage, byFilter] = gradient(y, [image, filter]);
    expect([y, byImage, byFilter].map(countOf)).toEqual(new Array(3).fill(5 * 6 * 4 * 27));
  });

  test('of elementwise work are none', () => {
    expect(countOf(averagePool(square(image), { size: 5, padding: 'valid' }))).toBe(3 * 5 * 5);
    expect(countOf(exp(x))).toBe(0);
  });
});

describe('names', () => {
  test('of composites survive to the steps', () => {
    const [step] = planOf({ y: swish(constantNorm(conv(image), 2)) }).steps;
    expect(step!.names).toEqual(expect.arrayContaining(['conv2d', 'batchNorm', 'swish']));
  });

  test('of a composite without fusing are on the step that ends it', () => {
    const { steps } = planOf({ y: sigmoid(relu(x)) }, plain);
    expect(steps.at(-2)!.names).toEqual(['relu']);
    expect(steps.at(-1)!.names).toEqual(['sigmoid']);
  });

  test('that are given find a node in the plan, of primitives and composites, and of gradients', () => {
    const normed = constantNorm(conv(image), 2);
    const y = relu(normed);
    const [slopes, inner] = gradient(sum(square(y)), [image, normed]);
    const labels = new Map([
      [normed, 'the norm'],
      [y, 'the end'],
      [inner, 'its gradient'],
    ]);
    const { steps } = compile({ outputs: { y, slopes }, labels }, fusing).plan;
    const [forward, ...others] = steps.map(({ names }) => names);
    expect(forward).toEqual(expect.arrayContaining(['conv2d', 'the norm', 'the end']));
    expect(forward).not.toContain('relu');
    expect(others.filter((names) => names.includes('its gradient')).length).toBe(1);
    const unlabelled = compile({ outputs: { y, slopes } }, fusing).plan.steps;
    expect(unlabelled.map(({ op, inputs }) => [op, inputs])).toEqual(steps.map(({ op, inputs }) => [op, inputs]));
  });
});
