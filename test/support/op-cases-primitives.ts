import { type AttrsOf, type PrimitiveName, randomKey, type Tensor } from '@igos/autograd';
import { primitives } from '../../packages/autograd/src/primitives/index.ts';
import { bools, distinct, floats, given, type InputLike, integers, positive, type Row } from './op-inputs.ts';

interface PrimitiveRow<N extends PrimitiveName> {
  readonly note?: string;
  readonly inputs: readonly InputLike[];
  readonly attrs: AttrsOf<N>;
}

const pair = [
  [3, 5],
  [3, 5],
];
const ties = [integers([4, 7]), integers([4, 7])];

const plain = { strides: [1, 1], dilations: [1, 1], padding: [0, 0, 0, 0] } as const;
const strided = { strides: [2, 3], dilations: [1, 1], padding: [1, 1, 0, 1] } as const;
const dilated = { strides: [2, 1], dilations: [1, 2], padding: [1, 0, 2, 1] } as const;

const tiled = { window: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] } as const;
const overlapping = { window: [3, 2], strides: [2, 1], padding: [1, 1, 0, 1] } as const;
const gapped = { window: [2, 2], strides: [3, 3], padding: [0, 0, 0, 0] } as const;

/** A 2×3 image padded by a row below and a column at the right, and a position in each 2×2 window that is not padding. */
const edge = { window: [2, 2], strides: [1, 1], padding: [0, 1, 0, 1] } as const;
const edgePositions = given([1, 2, 3, 1], [3, 2, 0, 1, 1, 0]);
const cornerPositions = given([1, 2, 2, 1], [0, 3, 2, 1]);

const key = given([4], [...randomKey(7, 1).data]);

/** One row or more for each primitive: a missing one is a type error. */
const rows = {
  add: [{ inputs: pair, attrs: {} }],
  sub: [{ inputs: pair, attrs: {} }],
  mul: [{ inputs: pair, attrs: {} }],
  div: [{ inputs: [[3, 5], positive([3, 5])], attrs: {} }],
  pow: [
    { inputs: [positive([3, 5]), [3, 5]], attrs: {} },
    { note: 'whole powers of any base', inputs: [floats([2, 4]), given([2, 4], [0, 1, 2, 3, 3, 2, 1, 0])], attrs: {} },
  ],
  minimum: [{ inputs: pair, attrs: {} }],
  maximum: [{ inputs: pair, attrs: {} }],
  neg: [{ inputs: [[2, 3, 5]], attrs: {} }],
  abs: [{ inputs: [[2, 3, 5]], attrs: {} }],
  sign: [
    { inputs: [[2, 3, 5]], attrs: {} },
    { note: 'with zeros', inputs: [integers([9])], attrs: {} },
  ],
  sqrt: [{ inputs: [positive([2, 3, 5])], attrs: {} }],
  exp: [{ inputs: [[2, 3, 5]], attrs: {} }],
  log: [{ inputs: [positive([2, 3, 5])], attrs: {} }],
  tanh: [
    { inputs: [[2, 3, 5]], attrs: {} },
    { note: 'of large numbers', inputs: [given([6], [-1000, -20, -9, 9, 20, 1000])], attrs: {} },
  ],
  sigmoid: [
    { inputs: [[2, 3, 5]], attrs: {} },
    { note: 'of large numbers', inputs: [given([6], [-1000, -80, -9, 9, 80, 1000])], attrs: {} },
  ],
  less: [{ inputs: ties, attrs: {} }],
  lessEqual: [{ inputs: ties, attrs: {} }],
  greater: [{ inputs: ties, attrs: {} }],
  greaterEqual: [{ inputs: ties, attrs: {} }],
  equal: [{ inputs: ties, attrs: {} }],
  notEqual: [{ inputs: ties, attrs: {} }],
  select: [{ inputs: [bools([3, 5]), [3, 5], [3, 5]], attrs: {} }],

  broadcast: [
    { note: 'along inner and new axes', inputs: [[3, 1, 2]], attrs: { shape: [2, 3, 4, 2] } },
    { note: 'of a scalar', inputs: [[]], attrs: { shape: [2, 5] } },
  ],
  sum: [
    { note: 'over inner axes', inputs: [[2, 3, 4, 5]], attrs: { axes: [1, 2] } },
    { note: 'over the last axis', inputs: [[7, 9]], attrs: { axes: [1] } },
    { note: 'over outer and inner axes', inputs: [[2, 3, 4]], attrs: { axes: [0, 2] } },
    { note: 'over everything', inputs: [[2, 3, 4]], attrs: { axes: [0, 1, 2] } },
  ],
  max: [
    { note: 'over inner axes', inputs: [distinct([2, 3, 4, 5])], attrs: { axes: [1, 2] } },
    { note: 'over the first axis', inputs: [distinct([7, 3])], attrs: { axes: [0] } },
    { note: 'over everything', inputs: [distinct([3, 4])], attrs: { axes: [0, 1] } },
  ],
  matmul: [
    {
      inputs: [
        [3, 4],
        [4, 5],
      ],
      attrs: { transposeA: false, transposeB: false },
    },
    {
      note: 'left transposed',
      inputs: [
        [4, 3],
        [4, 5],
      ],
      attrs: { transposeA: true, transposeB: false },
    },
    {
      note: 'right transposed',
      inputs: [
        [3, 4],
        [5, 4],
      ],
      attrs: { transposeA: false, transposeB: true },
    },
    {
      note: 'both transposed',
      inputs: [
        [4, 3],
        [5, 4],
      ],
      attrs: { transposeA: true, transposeB: true },
    },
    {
      note: 'of a row and a column',
      inputs: [
        [1, 9],
        [9, 1],
      ],
      attrs: { transposeA: false, transposeB: false },
    },
  ],

  conv2d: [
    { note: 'plain', inputs: [[2, 5, 4, 3], floats([3, 2, 3, 4])], attrs: plain },
    { note: 'strided, padded', inputs: [[1, 6, 7, 2], floats([3, 3, 2, 3])], attrs: strided },
    { note: 'dilated, padded unevenly', inputs: [[2, 5, 6, 2], floats([2, 3, 2, 2])], attrs: dilated },
    { note: '1×1 on a row', inputs: [[1, 1, 9, 5], floats([1, 1, 5, 2])], attrs: plain },
  ],
  conv2dInputGrad: [
    { note: 'plain', inputs: [[2, 3, 3, 4], floats([3, 2, 3, 4])], attrs: { ...plain, inputShape: [2, 5, 4, 3] } },
    { note: 'strided', inputs: [[1, 3, 2, 3], floats([3, 3, 2, 3])], attrs: { ...strided, inputShape: [1, 6, 7, 2] } },
    { note: 'dilated', inputs: [[2, 3, 5, 2], floats([2, 3, 2, 2])], attrs: { ...dilated, inputShape: [2, 5, 6, 2] } },
    {
      note: 'unread rest',
      inputs: [
        [1, 2, 2, 1],
        [2, 2, 2, 1],
      ],
      attrs: { ...strided, inputShape: [1, 3, 5, 2] },
    },
  ],
  conv2dFilterGrad: [
    { note: 'plain', inputs: [[2, 5, 4, 3], floats([2, 3, 3, 4])], attrs: { ...plain, filterShape: [3, 2, 3, 4] } },
    { note: 'strided', inputs: [[1, 6, 7, 2], floats([1, 3, 2, 3])], attrs: { ...strided, filterShape: [3, 3, 2, 3] } },
    { note: 'dilated', inputs: [[2, 5, 6, 2], floats([2, 3, 5, 2])], attrs: { ...dilated, filterShape: [2, 3, 2, 2] } },
  ],
  depthwiseConv2d: [
    { note: 'plain', inputs: [[2, 5, 4, 3], floats([3, 2, 3, 1])], attrs: plain },
    { note: 'strided', inputs: [[1, 6, 7, 3], floats([3, 3, 3, 1])], attrs: strided },
    { note: 'dilated, padded unevenly', inputs: [[2, 5, 6, 5], floats([2, 3, 5, 1])], attrs: dilated },
  ],
  depthwiseConv2dInputGrad: [
    { note: 'plain', inputs: [[2, 3, 3, 3], floats([3, 2, 3, 1])], attrs: { ...plain, inputShape: [2, 5, 4, 3] } },
    { note: 'strided', inputs: [[1, 3, 2, 3], floats([3, 3, 3, 1])], attrs: { ...strided, inputShape: [1, 6, 7, 3] } },
    { note: 'dilated', inputs: [[2, 3, 5, 5], floats([2, 3, 5, 1])], attrs: { ...dilated, inputShape: [2, 5, 6, 5] } },
  ],
  depthwiseConv2dFilterGrad: [
    { note: 'plain', inputs: [[2, 5, 4, 3], floats([2, 3, 3, 3])], attrs: { ...plain, filterShape: [3, 2, 3, 1] } },
    { note: 'strided', inputs: [[1, 6, 7, 3], floats([1, 3, 2, 3])], attrs: { ...strided, filterShape: [3, 3, 3, 1] } },
    { note: 'dilated', inputs: [[2, 5, 6, 5], floats([2, 3, 5, 5])], attrs: { ...dilated, filterShape: [2, 3, 5, 1] } },
  ],

  argPool: [
    { note: 'tiled', inputs: [distinct([2, 4, 6, 3])], attrs: tiled },
    { note: 'overlapping, padded', inputs: [distinct([1, 5, 4, 2])], attrs: overlapping },
    { note: 'padded, all negative', inputs: [floats([1, 5, 4, 2], { between: [-3, -1] })], attrs: overlapping },
    { note: 'with ties', inputs: [integers([2, 5, 4, 3])], attrs: overlapping },
  ],
  poolGather: [
    { note: 'tiled', inputs: [[2, 4, 6, 3], integers([2, 2, 3, 3], [0, 3])], attrs: tiled },
    { note: 'overlapping, padded', inputs: [[1, 2, 3, 1], edgePositions], attrs: edge },
  ],
  poolScatter: [
    {
      note: 'tiled',
      inputs: [[2, 2, 3, 3], integers([2, 2, 3, 3], [0, 3])],
      attrs: { ...tiled, inputShape: [2, 4, 6, 3] },
    },
    { note: 'overlapping', inputs: [[1, 2, 3, 1], edgePositions], attrs: { ...edge, inputShape: [1, 2, 3, 1] } },
    { note: 'gapped', inputs: [[1, 2, 2, 1], cornerPositions], attrs: { ...gapped, inputShape: [1, 6, 5, 1] } },
  ],
  resize: [
    {
      note: 'bilinear',
      inputs: [[2, 3, 4, 2]],
      attrs: { method: 'bilinear', coordinates: 'alignCorners', size: [5, 7] },
    },
    { note: 'nearest', inputs: [[1, 5, 3, 3]], attrs: { method: 'nearest', coordinates: 'halfPixel', size: [3, 8] } },
  ],
  resizeTranspose: (['alignCorners', 'halfPixel', 'legacy'] as const).flatMap((coordinates) => [
    {
      note: `bilinear ${coordinates}`,
      inputs: [[2, 5, 7, 2]],
      attrs: { method: 'bilinear', coordinates, inputSize: [3, 4] },
    },
    {
      note: `shrunk ${coordinates}`,
      inputs: [[1, 3, 2, 2]],
      attrs: { method: 'bilinear', coordinates, inputSize: [7, 5] },
    },
    {
      note: `nearest ${coordinates}`,
      inputs: [[1, 3, 8, 3]],
      attrs: { method: 'nearest', coordinates, inputSize: [5, 3] },
    },
  ]),

  slice: [
    { note: 'plain', inputs: [[4, 5, 6]], attrs: { begin: [1, 0, 2], size: [2, 5, 3], strides: [1, 1, 1] } },
    {
      note: 'strided, with a rest',
      inputs: [[2, 9, 8]],
      attrs: { begin: [0, 1, 1], size: [2, 3, 2], strides: [1, 3, 4] },
    },
  ],
  dilatePad: [
    { note: 'around', inputs: [[2, 3, 2]], attrs: { low: [1, 0, 2], high: [0, 3, 1], interior: [0, 0, 0] } },
    { note: 'between', inputs: [[1, 3, 4]], attrs: { low: [0, 1, 0], high: [1, 0, 2], interior: [2, 1, 3] } },
  ],
  gather: [
    { note: 'with repeats', inputs: [[3, 4, 2]], attrs: { axis: 1, indices: [3, 0, 0, 2, 3] } },
    { note: 'of the last axis', inputs: [[3, 5]], attrs: { axis: 1, indices: [2] } },
  ],
  scatterAdd: [
    { note: 'with repeats', inputs: [[3, 5, 2]], attrs: { axis: 1, indices: [3, 0, 0, 2, 3], size: 4 } },
    { note: 'with holes', inputs: [[2, 3]], attrs: { axis: 0, indices: [4, 1], size: 6 } },
  ],
  randomNormal: [
    { inputs: [key], attrs: { shape: [3, 5], deviation: 0.25 } },
    { note: 'an image', inputs: [key], attrs: { shape: [2, 9, 7, 3], deviation: 1 } },
    { note: 'one number', inputs: [key], attrs: { shape: [], deviation: 2 } },
    { note: 'without deviation', inputs: [key], attrs: { shape: [6], deviation: 0 } },
  ],
  reshape: [{ inputs: [[2, 3, 4]], attrs: { shape: [4, 6] } }],
  transpose: [
    { note: 'of four axes', inputs: [[2, 3, 4, 5]], attrs: { perm: [0, 3, 1, 2] } },
    { note: 'of a matrix', inputs: [[3, 7]], attrs: { perm: [1, 0] } },
    { note: 'that is no inverse of itself', inputs: [[2, 3, 4]], attrs: { perm: [1, 2, 0] } },
  ],
  concat: [
    { note: 'along the last axis', inputs: [[2, 3, 1], floats([2, 3, 4]), floats([2, 3, 2])], attrs: { axis: 2 } },
    { note: 'along the first axis', inputs: [[2, 3], floats([1, 3])], attrs: { axis: 0 } },
  ],
  stopGradient: [{ inputs: [given([2, 3], [1, -2, 3, 0, 5, -6])], attrs: {} }],
} satisfies { readonly [N in PrimitiveName]: readonly PrimitiveRow<N>[] };

/** The same rows, each with the function that builds its node. */
export const primitiveRows: Readonly<Record<string, readonly Row[]>> = Object.fromEntries(
  Object.entries(rows).map(([name, list]) => {
    const make = primitives[name as PrimitiveName] as (inputs: readonly Tensor[], attrs: object) => Tensor;
    const build = ({ note, inputs, attrs }: PrimitiveRow<PrimitiveName>): Row => ({
      ...(note !== undefined && { note }),
      inputs,
      build: (...tensors) => make(tensors, attrs),
    });
    return [name, (list as readonly PrimitiveRow<PrimitiveName>[]).map(build)];
  }),
);
