import * as ag from '@igos/autograd';
import { describe, expect, test } from 'vitest';

const x = (...shape: number[]) => ag.input('x', shape);
const flags = (...shape: number[]) => ag.input('flags', shape, 'bool');
const image = x(1, 3, 3, 2);

/** What is wrong, the code that does it, and the message: the op, what it needs, what it got. */
const mistakes: [string, () => unknown, string][] = [
  ['a negative extent', () => x(-1, 2), 'input x needs a shape of non-negative integers, got [-1, 2]'],
  ['more elements than can be counted', () => x(2 ** 30, 2 ** 30), 'input x needs a shape of non-negative integers'],
  ['too few constants', () => ag.constant({ data: [1, 2], shape: [3] }), 'an array of shape [3] needs 3 values, got 2'],

  ['shapes that do not broadcast', () => ag.add(x(2, 3), x(4)), 'add cannot broadcast [2, 3] with [4]'],
  ['arithmetic of bools', () => ag.add(flags(3), 1), 'add needs float inputs, got bool from input'],
  ['a sum of bools', () => ag.sum(flags(3)), 'sum needs float inputs, got bool from input'],
  [
    'a convolution of bools',
    () => ag.conv2d(flags(1, 3, 3, 1), x(1, 1, 1, 1), { padding: 'same' }),
    'conv2d needs float inputs, got bool',
  ],
  ['bools beside floats', () => ag.concat([flags(3), x(3)], 0), 'concat needs float inputs, got bool from input'],
  ['a choice by floats', () => ag.select(x(3), 1, 2), 'select needs a bool to choose by, got float from input'],
  [
    'a choice between bool and float',
    () => ag.select(flags(3), flags(3), 1),
    'select needs float inputs, got bool from input',
  ],

  ['an axis that is not there', () => ag.sum(x(2, 3), { axes: 2 }), 'reduceSum needs an axis from -2 to 1, got 2'],
  ['half an axis', () => ag.mean(x(2), { axes: 0.5 }), 'reduceMean needs an axis from -1 to 0, got 0.5'],
  ['the maximum of nothing', () => ag.max(x(0, 2)), 'max needs at least one value along each axis'],

  [
    'matrices that do not fit',
    () => ag.matmul(x(2, 3), x(2, 3)),
    'matmul needs [m, k] and [k, n], got [2, 3] and [2, 3]',
  ],
  [
    'transposed matrices that do not fit',
    () => ag.matmul(x(2, 3), x(4, 5), { transposeB: true }),
    'matmul needs [m, k] and [k, n], got [2, 3] and transposed [4, 5]',
  ],
  [
    'what is no matrix',
    () => ag.matmul(x(2, 3, 4), x(4, 2)),
    'matmul needs [m, k] and [k, n], got [2, 3, 4] and [4, 2]',
  ],
  [
    'what is no matrix on the right',
    () => ag.matmul(x(2, 3), x(3, 4, 5)),
    'matmul needs [m, k] and [k, n], got [2, 3] and [3, 4, 5]',
  ],
  ['a bias of another width', () => ag.dense(x(2, 3), x(3, 1), x(5)), 'dense needs a bias of shape [1], got [5]'],

  [
    'what is no image',
    () => ag.conv2d(x(3, 3, 2), x(1, 1, 2, 1), { padding: 'same' }),
    'conv2d needs [n, h, w, c], got [3, 3, 2]',
  ],
  [
    'what is no filter',
    () => ag.conv2d(image, x(1, 1, 2), { padding: 'same' }),
    'conv2d needs a filter of rank 4, got [1, 1, 2]',
  ],
  [
    'a filter for other channels',
    () => ag.conv2d(image, x(1, 1, 3, 1), { padding: 'same' }),
    'conv2d needs a filter for 2 input channels, got [1, 1, 3, 1]',
  ],
  [
    'a depthwise filter for other channels',
    () => ag.depthwiseConv2d(image, x(1, 1, 3, 1), { padding: 'same' }),
    'depthwiseConv2d needs a filter for 2 input channels, got [1, 1, 3, 1]',
  ],
  [
    'a filter larger than its image',
    () => ag.conv2d(image, x(5, 1, 2, 1), { padding: 'valid' }),
    'conv2d: a window of 5 does not fit into 3 pixels',
  ],
  [
    'strides of 0',
    () => ag.conv2d(image, x(1, 1, 2, 1), { padding: 'same', strides: 0 }),
    'conv2d needs whole window sizes, strides and dilations of at least 1',
  ],
  [
    'a stride of 0 in one direction',
    () => ag.conv2d(image, x(1, 1, 2, 1), { padding: 'valid', strides: [1, 0] }),
    'conv2d needs whole window sizes, strides and dilations of at least 1',
  ],
  [
    'half a dilation',
    () => ag.conv2d(image, x(1, 1, 2, 1), { padding: 'valid', dilations: [0.5, 1] }),
    'conv2d needs whole window sizes, strides and dilations of at least 1',
  ],
  [
    'negative padding',
    () =>
      ag.conv2d(image, x(1, 1, 2, 1), {
        padding: [
          [-1, 0],
          [0, 0],
        ],
      }),
    'and padding of at least 0',
  ],
  [
    'groups that do not divide',
    () => ag.conv2d(image, x(1, 1, 1, 3), { padding: 'same', groups: 2 }),
    'conv2d cannot split 2 and 3 channels into 2 groups',
  ],
  [
    'a transposed convolution of the wrong size',
    () => ag.conv2dTranspose(image, x(3, 3, 1, 2), { padding: 'same', strides: 2, outputShape: [1, 9, 9, 1] }),
    'conv2dTranspose to [1, 9, 9, 1] needs an input of shape [1, 5, 5, 2], got [1, 3, 3, 2]',
  ],

  [
    'pooling of what is no image',
    () => ag.maxPool(x(3, 3), { size: 2, padding: 'same' }),
    'maxPool needs [n, h, w, c], got [3, 3]',
  ],
  [
    'a pool larger than its image',
    () => ag.averagePool(image, { size: 5, padding: 'valid' }),
    'averagePool: a window of 5 does not fit into 3 pixels',
  ],
  ['a pool of nothing', () => ag.maxPool(image, { size: 0, padding: 'same' }), 'maxPool needs whole window sizes'],
  [
    'a window all in the padding',
    () =>
      ag.averagePool(image, {
        size: 2,
        padding: [
          [0, 0],
          [0, 2],
        ],
      }),
    'averagePool needs less padding than its window of [2, 2], got [0, 0, 0, 2]',
  ],
  [
    'global pooling of a matrix',
    () => ag.globalAveragePool(x(4, 4)),
    'globalAveragePool needs [n, h, w, c], got [4, 4]',
  ],
  [
    'statistics of other channels',
    () => ag.batchNorm(x(2, 3), { mean: x(4), variance: x(3), epsilon: 1e-3 }),
    'batchNorm needs a mean of shape [3], got [4]',
  ],
  [
    'an alpha that would widen x',
    () => ag.prelu(x(3), x(2, 1)),
    'prelu needs an alpha that broadcasts to [3], got [2, 1]',
  ],

  ['another number of elements', () => ag.reshape(x(2, 3), [4]), 'reshape cannot turn [2, 3] into [4]'],
  [
    'an open extent that is no whole number',
    () => ag.reshape(x(2, 3), [-1, 4]),
    'reshape cannot turn [2, 3] into [-1, 4]',
  ],
  ['two open extents', () => ag.reshape(x(2, 3), [-1, -1]), 'reshape needs a shape of non-negative integers'],
  [
    'an axis twice',
    () => ag.transpose(x(2, 3), [0, 0]),
    'transpose of [2, 3] needs a permutation of its axes, got [0, 0]',
  ],
  ['too few axes', () => ag.transpose(x(2, 3), [0]), 'transpose of [2, 3] needs a permutation of its axes, got [0]'],
  [
    'shapes that differ elsewhere',
    () => ag.concat([x(2, 3), x(3, 3)], 1),
    'concat along axis 1 needs shapes that agree elsewhere, got [2, 3], [3, 3]',
  ],
  [
    'other ranks',
    () => ag.concat([x(2, 3), x(2)], 0),
    'concat along axis 0 needs shapes that agree elsewhere, got [2, 3], [2]',
  ],
  ['nothing to join', () => ag.concat([], 0), 'concat needs at least one tensor'],
  [
    'a slice that leaves',
    () => ag.slice(x(3), { begin: [1], size: [3] }),
    'slice of [3] needs whole numbers that stay inside, and strides other than 0, got begin, size and strides [1], [3], [1]',
  ],
  [
    'a slice that leaves backwards',
    () => ag.slice(x(3), { begin: [1], size: [3], strides: [-1] }),
    'gather needs indices from 0 to 2, got -1',
  ],
  ['a slice of another rank', () => ag.slice(x(3, 3), { begin: [1], size: [1] }), 'slice of [3, 3] needs'],
  [
    'half a step',
    () => ag.slice(x(5), { begin: [0], size: [2], strides: [1.5] }),
    'slice of [5] needs whole numbers that stay inside, and strides other than 0, got begin, size and strides [0], [2], [1.5]',
  ],
  [
    'a step of 0',
    () => ag.slice(x(5), { begin: [0], size: [2], strides: [0] }),
    'slice of [5] needs whole numbers that stay inside, and strides other than 0, got begin, size and strides [0], [2], [0]',
  ],
  [
    'half a begin',
    () => ag.slice(x(5), { begin: [0.5], size: [2] }),
    'slice of [5] needs whole numbers that stay inside, and strides other than 0, got begin, size and strides [0.5]',
  ],
  ['a begin beyond the end', () => ag.slice(x(3), { begin: [4], size: [0] }), 'slice of [3] needs'],
  ['an index that is not there', () => ag.gather(x(3), [3], 0), 'gather needs indices from 0 to 2, got 3'],
  ['half an index', () => ag.gather(x(3), [0.5], 0), 'gather needs indices from 0 to 2, got 0.5'],
  ['an axis that is no 1', () => ag.squeeze(x(2, 1), 0), 'squeeze needs extent 1 on axis 0 of [2, 1]'],
  ['too few margins', () => ag.pad(x(2, 2), [[1, 1]]), 'pad needs 2 pairs for [2, 2], got 1'],
  [
    'negative margins',
    () => ag.pad(x(4), [[-1, 0]], { mode: 'reflect' }),
    'pad needs whole numbers of at least 0, got [-1, 0]',
  ],
  ['half a margin', () => ag.pad(x(4), [[0.5, 0]]), 'pad needs whole numbers of at least 0, got [0.5, 0]'],
  [
    'a reflection too wide',
    () => ag.pad(x(2), [[2, 0]], { mode: 'reflect' }),
    'pad reflect of 2 needs more than 2 elements on axis 0',
  ],
  [
    'blocks that do not fit',
    () =>
      ag.spaceToBatch(
        x(1, 3, 4, 1),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    'spaceToBatch cannot cut [1, 3, 4, 1], padded, into blocks of [2, 2]',
  ],
  [
    'a batch of no whole blocks',
    () =>
      ag.batchToSpace(
        x(3, 2, 2, 1),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    'batchToSpace cannot make blocks of [2, 2] from the batch of [3, 2, 2, 1]',
  ],

  [
    'a class that does not exist',
    () => ag.classProbability(x(2, 3), 3),
    'classProbability needs [n, classes] and a class of them, got [2, 3], 3',
  ],
  [
    'logits without a batch',
    () => ag.classProbability(x(3), 0),
    'classProbability needs [n, classes] and a class of them, got [3], 0',
  ],
  [
    'bytes of another size',
    () => ag.decodeStored({ shape: [2], dtype: 'float32', bytes: new Uint8Array(7) }),
    'float32 [2] needs 8 bytes, got 7',
  ],
];

test.each(mistakes)('%s', (_, build, message) => {
  expect(build).toThrow(ag.ShapeError);
  expect(build).toThrow(message);
});

describe('empty and single', () => {
  test('axes of extent 0 pass through', () => {
    expect(ag.relu(x(0, 3)).shape).toEqual([0, 3]);
    expect(ag.sum(x(0, 3), { axes: 0 }).shape).toEqual([3]);
    expect(ag.concat([x(0, 3), x(2, 3)], 0).shape).toEqual([2, 3]);
    expect(ag.slice(x(3), { begin: [3], size: [0] }).shape).toEqual([0]);
  });

  test('a slice of nothing has a gradient of zeros', async () => {
    const whole = x(3);
    const [slope] = ag.gradient(ag.slice(whole, { begin: [3], size: [0] }), [whole]);
    const results = await ag
      .compile({ inputs: [whole], outputs: { slope } }, ag.referenceBackend)
      .run({ x: { data: [1, 2, 3], shape: [3] } });
    expect(results.slope.data).toEqual(new Float64Array(3));
  });

  test('scalars have rank 0', () => {
    expect(ag.constant(3).shape).toEqual([]);
    expect(ag.add(ag.constant(3), x(2)).shape).toEqual([2]);
    expect(ag.sum(x(2, 3)).shape).toEqual([]);
  });
});
