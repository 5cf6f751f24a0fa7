import * as ag from '@igos/autograd';
import { distinct, floats, positive, type Row } from './op-inputs.ts';

type Tensor = ag.Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

const reduction = (build: (x: Tensor, options?: ag.ReduceOptions) => Tensor): Row[] => [
  { note: 'over everything', inputs: [distinct([3, 4, 2])], build: (x) => build(x) },
  { note: 'over one axis', inputs: [distinct([3, 4, 5])], build: (x) => build(x, { axes: 1 }) },
  { note: 'over axes from the end', inputs: [distinct([2, 3, 4])], build: (x) => build(x, { axes: [-1, 0] }) },
  { note: 'kept', inputs: [distinct([2, 3, 4])], build: (x) => build(x, { axes: [1, 2], keepDims: true }) },
  { note: 'over no axis', inputs: [distinct([2, 3])], build: (x) => build(x, { axes: [] }) },
];

const pooling = (build: (x: Tensor, options: ag.PoolOptions) => Tensor): Row[] => {
  const row = (note: string, shape: number[], options: ag.PoolOptions): Row => ({
    note,
    inputs: [distinct(shape)],
    build: (x) => build(x, options),
  });
  return [
    row('2×2', [2, 6, 4, 3], { size: 2, padding: 'valid' }),
    row('2×2 with a rest', [1, 7, 5, 2], { size: 2, padding: 'valid' }),
    row('3×3 overlapping, same', [2, 8, 7, 2], { size: 3, strides: 2, padding: 'same' }),
    row('3×3 at stride 1, same', [1, 5, 5, 2], { size: 3, strides: 1, padding: 'same' }),
    row('3×2 at strides 1 and 3', [1, 5, 7, 1], { size: [3, 2], strides: [1, 3], padding: 'same' }),
    row('given padding', [1, 4, 5, 2], {
      size: 3,
      strides: 2,
      padding: [
        [1, 2],
        [0, 1],
      ],
    }),
    row('of a row', [2, 1, 9, 1], { size: [1, 3], padding: 'same' }),
  ];
};

type Resize = (x: Tensor, size: readonly [number, number], options: { readonly coordinates: ag.Coordinates }) => Tensor;

const resizing = (build: Resize): Row[] =>
  (['alignCorners', 'halfPixel', 'legacy'] as const).flatMap((coordinates) =>
    (
      [
        [
          [2, 3, 4, 2],
          [5, 9],
        ],
        [
          [1, 7, 5, 2],
          [3, 2],
        ],
        [
          [1, 4, 4, 1],
          [4, 7],
        ],
        [
          [1, 1, 2, 3],
          [3, 5],
        ],
        [
          [1, 5, 3, 1],
          [1, 1],
        ],
      ] as const
    ).map(([shape, size]) => ({
      note: `${coordinates} [${shape}] to ${size.join('×')}`,
      inputs: [floats(shape)],
      build: (x) => build(x, size, { coordinates }),
    })),
  );

const convolution = (build: Binary, note: string, shapes: readonly [number[], number[]]): Row => ({
  note,
  inputs: shapes.map((shape) => floats(shape)),
  build: (x, filter) => build(x, filter),
});

/** Batch normalization with these parameters beside its statistics. */
const normalization = (...parameters: ('gamma' | 'beta')[]): Row => ({
  note: ['with statistics', ...parameters].join(', '),
  inputs: [floats([2, 3, 4, 3]), floats([3]), positive([3]), ...parameters.map(() => floats([3]))],
  build: (x, mean, ...rest) => {
    const named = Object.fromEntries(['variance', ...parameters].map((name, i) => [name, rest[i]]));
    return ag.batchNorm(x, { mean, epsilon: 1e-3, ...(named as { variance: Tensor }) });
  },
});

/** Rows for reductions, contractions, pooling and resampling. */
export const layerRows = {
  sum: reduction(ag.sum),
  mean: reduction(ag.mean),
  max: reduction(ag.max),
  min: reduction(ag.min),
  globalAveragePool: [{ inputs: [floats([2, 5, 3, 4])], build: (x) => ag.globalAveragePool(x) }],
  globalMaxPool: [{ inputs: [distinct([2, 5, 3, 4])], build: (x) => ag.globalMaxPool(x) }],
  maxPool: pooling(ag.maxPool),
  averagePool: pooling(ag.averagePool),
  resizeBilinear: resizing(ag.resizeBilinear),
  resizeNearest: resizing(ag.resizeNearest),
  gaussianBlur: [
    { note: '3 taps', inputs: [floats([2, 4, 5, 3])], build: (x) => ag.gaussianBlur(x, { size: 3, sigma: 0.8 }) },
    { note: '7 taps', inputs: [floats([1, 4, 9, 2])], build: (x) => ag.gaussianBlur(x, { size: 7, sigma: 2 }) },
  ],

  matmul: [
    { inputs: [floats([3, 4]), floats([4, 5])], build: (a, b) => ag.matmul(a, b) },
    {
      note: 'transposed',
      inputs: [floats([4, 3]), floats([5, 4])],
      build: (a, b) => ag.matmul(a, b, { transposeA: true, transposeB: true }),
    },
  ],
  dense: [
    { inputs: [floats([2, 6]), floats([6, 3])], build: (x, kernel) => ag.dense(x, kernel) },
    {
      note: 'with a bias',
      inputs: [floats([2, 6]), floats([6, 3]), floats([3])],
      build: (x, kernel, bias) => ag.dense(x, kernel, bias),
    },
  ],
  conv2d: [
    convolution((x, w) => ag.conv2d(x, w, { padding: 'valid' }), 'valid', [
      [2, 5, 4, 3],
      [3, 3, 3, 2],
    ]),
    convolution((x, w) => ag.conv2d(x, w, { padding: 'same' }), 'same', [
      [1, 5, 6, 2],
      [3, 2, 2, 3],
    ]),
    convolution((x, w) => ag.conv2d(x, w, { padding: 'same', strides: 2 }), 'same, stride 2', [
      [2, 8, 7, 2],
      [3, 3, 2, 2],
    ]),
    convolution((x, w) => ag.conv2d(x, w, { padding: 'same', dilations: 2 }), 'same, dilated', [
      [1, 7, 5, 2],
      [3, 3, 2, 1],
    ]),
    convolution(
      (x, w) =>
        ag.conv2d(x, w, {
          padding: [
            [2, 0],
            [0, 3],
          ],
        }),
      'given padding',
      [
        [1, 3, 4, 2],
        [3, 3, 2, 2],
      ],
    ),
    convolution((x, w) => ag.conv2d(x, w, { padding: 'same', strides: [1, 3] }), 'of a row', [
      [2, 1, 9, 2],
      [1, 5, 2, 2],
    ]),
    convolution((x, w) => ag.conv2d(x, w, { padding: 'same', groups: 2 }), 'in 2 groups', [
      [1, 4, 5, 4],
      [3, 3, 2, 6],
    ]),
  ],
  conv2dTranspose: [
    convolution(
      (x, w) => ag.conv2dTranspose(x, w, { padding: 'same', strides: 2, outputShape: [2, 7, 6, 2] }),
      'same, stride 2',
      [
        [2, 4, 3, 3],
        [3, 3, 2, 3],
      ],
    ),
    convolution((x, w) => ag.conv2dTranspose(x, w, { padding: 'valid', outputShape: [1, 5, 4, 1] }), 'valid', [
      [1, 3, 3, 2],
      [3, 2, 1, 2],
    ]),
  ],
  depthwiseConv2d: [
    convolution((x, w) => ag.depthwiseConv2d(x, w, { padding: 'same' }), 'same', [
      [2, 5, 4, 3],
      [3, 3, 3, 1],
    ]),
    convolution((x, w) => ag.depthwiseConv2d(x, w, { padding: 'valid', strides: 2 }), 'multiplier 2', [
      [1, 7, 7, 3],
      [3, 3, 3, 2],
    ]),
    convolution((x, w) => ag.depthwiseConv2d(x, w, { padding: 'same', dilations: [2, 1] }), 'dilated', [
      [1, 6, 5, 2],
      [3, 5, 2, 1],
    ]),
  ],
  batchNorm: [normalization('gamma', 'beta'), normalization('beta'), normalization('gamma'), normalization()],
} satisfies Readonly<Record<string, readonly Row[]>>;
