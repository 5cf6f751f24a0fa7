import * as ag from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { matrix, numbers, vector } from '../support/numbers.ts';

type Tensor = ag.Tensor;

const flags = (...values: number[]) => ag.constant({ data: values, shape: [values.length] }, { dtype: 'bool' });
const row = (...values: number[]) => ag.constant({ data: values, shape: [1, 1, values.length, 1] });
const counted = (...shape: number[]) => {
  const count = shape.reduce((size, extent) => size * extent, 1);
  return ag.constant({ data: Float64Array.from({ length: count }, (_, i) => i), shape });
};

/** Worked by hand, or written as the formula of the definition. Ops that have records of torch are not repeated. */
const worked: [string, Tensor, number[]][] = [
  ['neg', ag.neg(vector(1, -2)), [-1, 2]],
  ['sign', ag.sign(vector(-3, 0, 4)), [-1, 0, 1]],
  ['log', ag.log(vector(1, Math.E)), [0, 1]],
  ['pow', ag.pow(vector(2, -3, 4), vector(3, 2, 0.5)), [8, 9, 2]],
  ['reciprocal', ag.reciprocal(vector(2, -4)), [0.5, -0.25]],
  ['minimum', ag.minimum(vector(1, 5), vector(2, 3)), [1, 3]],
  ['less', ag.toFloat(ag.less(vector(1, 2, 3), 2)), [1, 0, 0]],
  ['lessEqual', ag.toFloat(ag.lessEqual(vector(1, 2, 3), 2)), [1, 1, 0]],
  ['greater', ag.toFloat(ag.greater(vector(1, 2, 3), 2)), [0, 0, 1]],
  ['greaterEqual', ag.toFloat(ag.greaterEqual(vector(1, 2, 3), 2)), [0, 1, 1]],
  ['equal', ag.toFloat(ag.equal(vector(1, 2, 3), 2)), [0, 1, 0]],
  ['notEqual', ag.toFloat(ag.notEqual(vector(1, 2, 3), 2)), [1, 0, 1]],
  ['logicalNot', ag.toFloat(ag.logicalNot(flags(0, 1))), [1, 0]],
  ['logicalAnd', ag.toFloat(ag.logicalAnd(flags(0, 0, 1, 1), flags(0, 1, 0, 1))), [0, 0, 0, 1]],
  ['logicalOr', ag.toFloat(ag.logicalOr(flags(0, 0, 1, 1), flags(0, 1, 0, 1))), [0, 1, 1, 1]],
  ['select', ag.select(flags(1, 0), vector(1, 2), 9), [1, 9]],
  ['select between bools', ag.toFloat(ag.select(flags(1, 0), flags(0, 0), flags(1, 1))), [0, 1]],
  ['clamp', ag.clamp(vector(-5, 0.5, 5), -1, vector(0, 1, 2)), [-1, 0.5, 2]],

  ['prelu', ag.prelu(matrix([2, -2], [4, -4]), vector(0.5, 0.25)), [2, -0.5, 4, -1]],
  ['leakyRelu', ag.leakyRelu(vector(3, -10)), [3, -2]],
  ['elu', ag.elu(vector(3, -1), 2), [3, 2 * (Math.exp(-1) - 1)]],
  ['selu', ag.selu(vector(1, -1)), [1.0507009873554805, 1.0507009873554805 * 1.6732632423543772 * (Math.exp(-1) - 1)]],
  ['softplus', ag.softplus(vector(0, 1000, -1000)), [Math.log(2), 1000, 0]],
  ['mish', ag.mish(vector(1, -2)), [Math.tanh(Math.log(1 + Math.E)), -2 * Math.tanh(Math.log(1 + Math.exp(-2)))]],
  ['softsign', ag.softsign(vector(3, -1)), [0.75, -0.5]],
  ['hardSigmoid of Keras 2', ag.hardSigmoid(vector(-3, -1, 0, 2, 3)), [0, 0.3, 0.5, 0.9, 1]],
  ['softmax over rows', ag.softmax(matrix([0, 5], [Math.log(3), 5]), 0), [0.25, 0.5, 0.75, 0.5]],

  ['sum over an axis', ag.sum(matrix([1, 2], [3, 4]), { axes: 0 }), [4, 6]],
  ['mean over the last axis', ag.mean(matrix([1, 2], [3, 4]), { axes: -1 }), [1.5, 3.5]],
  ['max over an axis', ag.max(matrix([1, 9], [3, 4]), { axes: 0 }), [3, 9]],
  ['min over all', ag.min(matrix([1, -9], [3, 4])), [-9]],
  ['globalMaxPool', ag.globalMaxPool(ag.reverse(counted(1, 2, 3, 2), 1)), [10, 11]],

  ['broadcastTo', ag.broadcastTo(matrix([1], [2]), [2, 2, 2]), [1, 1, 2, 2, 1, 1, 2, 2]],
  ['transpose', ag.transpose(counted(2, 3), [1, 0]), [0, 3, 1, 4, 2, 5]],
  ['stack on the first axis', ag.stack([vector(1, 2), vector(3, 4)]), [1, 2, 3, 4]],
  ['stack on the last axis', ag.stack([vector(1, 2), vector(3, 4)], -1), [1, 3, 2, 4]],
  ['reverse', ag.reverse(counted(2, 3), -1), [2, 1, 0, 5, 4, 3]],
  ['slice', ag.slice(counted(3, 4), { begin: [0, 1], size: [2, 2], strides: [2, 2] }), [1, 3, 9, 11]],
  ['slice backwards', ag.slice(counted(5), { begin: [4], size: [3], strides: [-2] }), [4, 2, 0]],
  ['gather', ag.gather(counted(2, 3), [2, 0, 2], 1), [2, 0, 2, 5, 3, 5]],
  ['pad with a value', ag.pad(vector(1, 2), [[1, 2]], { value: 9 }), [9, 1, 2, 9, 9]],
  ['pad by reflection', ag.pad(vector(1, 2, 3), [[2, 2]], { mode: 'reflect' }), [3, 2, 1, 2, 3, 2, 1]],
  ['pad symmetrically', ag.pad(vector(1, 2, 3), [[3, 2]], { mode: 'symmetric' }), [3, 2, 1, 1, 2, 3, 3, 2]],
  [
    'spaceToBatch',
    ag.spaceToBatch(
      counted(1, 2, 2, 1),
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
    [0, 1, 2, 3],
  ],
  ['spaceToBatch of one axis', ag.spaceToBatch(counted(1, 4, 2), [2], [[0, 0]]), [0, 1, 4, 5, 2, 3, 6, 7]],
  ['batchToSpace of one axis', ag.batchToSpace(counted(2, 2, 2), [2], [[0, 0]]), [0, 1, 4, 5, 2, 3, 6, 7]],
  [
    'spaceToBatch with padding',
    ag.spaceToBatch(
      row(1, 2, 3),
      [1, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
    [0, 2, 1, 3],
  ],
  [
    'batchToSpace with crops',
    ag.batchToSpace(
      counted(2, 1, 2, 1),
      [1, 2],
      [
        [0, 0],
        [1, 1],
      ],
    ),
    [2, 1],
  ],

  [
    'conv2d, not flipped',
    ag.conv2d(row(1, 2, 3, 4), ag.constant({ data: [10, 1], shape: [1, 2, 1, 1] }), { padding: 'valid' }),
    [12, 23, 34],
  ],
  [
    'conv2d, same: the odd pixel at the end',
    ag.conv2d(row(1, 2, 3, 4), ag.constant({ data: [10, 1], shape: [1, 2, 1, 1] }), { padding: 'same' }),
    [12, 23, 34, 40],
  ],
  [
    'conv2d, dilated',
    ag.conv2d(row(1, 2, 3, 4), ag.constant({ data: [10, 1], shape: [1, 2, 1, 1] }), { padding: 'valid', dilations: 2 }),
    [13, 24],
  ],
  [
    'conv2dTranspose',
    ag.conv2dTranspose(row(1, 2), ag.constant({ data: [10, 1], shape: [1, 2, 1, 1] }), {
      padding: 'valid',
      strides: 2,
      outputShape: [1, 1, 4, 1],
    }),
    [10, 1, 20, 2],
  ],
  [
    'depthwiseConv2d with a multiplier',
    ag.depthwiseConv2d(counted(1, 1, 1, 2), ag.constant({ data: [1, 2, 3, 4], shape: [1, 1, 2, 2] }), {
      padding: 'valid',
    }),
    [0, 0, 3, 4],
  ],
];

describe('values worked by hand', () => {
  test.each(worked)('%s', (_, tensor, expected) => {
    expect(numbers(tensor)).toEqual(expected.map((value) => expect.closeTo(value, 14)));
  });

  test('shapes of squeeze, expandDims and reshape', () => {
    expect(ag.squeeze(counted(1, 2, 1)).shape).toEqual([2]);
    expect(ag.squeeze(counted(1, 2, 1), -1).shape).toEqual([1, 2]);
    expect(ag.expandDims(counted(2, 3), 1).shape).toEqual([2, 1, 3]);
    expect(ag.expandDims(counted(2, 3), -1).shape).toEqual([2, 3, 1]);
    expect(ag.reshape(counted(2, 6), [4, -1]).shape).toEqual([4, 3]);
    expect(ag.sum(counted(2, 3, 4), { axes: [0, -1], keepDims: true }).shape).toEqual([1, 3, 1]);
  });
});
