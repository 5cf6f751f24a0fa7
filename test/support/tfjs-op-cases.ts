import { seededValues } from './seeded.ts';
import {
  type Const,
  flag,
  float,
  floats,
  type GraphSpec,
  int,
  integers,
  ints,
  text,
  texts,
  type,
} from './tfjs-graph.ts';

/** One use of an op on the placeholder `x`; the node under test is `y`. */
export interface OpCase {
  readonly note?: string;
  /** Shape of `x`, batch first. */
  readonly x: readonly number[];
  /** Range that `x` is drawn from. */
  readonly range?: readonly [number, number];
  readonly graph: Omit<GraphSpec, 'placeholders'>;
  /** Output where TensorFlow.js cannot run the op; else TensorFlow.js is asked. */
  readonly expected?: readonly number[];
}

const attrT = { T: type('DT_FLOAT') };
const nhwc = { data_format: text('NHWC') };
let seed = 1;
const weights = (...shape: number[]): Const =>
  floats(
    shape,
    seededValues(
      seed++,
      shape.reduce((product, extent) => product * extent, 1),
      [-1, 1],
    ),
  );
const positive = (...shape: number[]): Const =>
  floats(
    shape,
    seededValues(
      seed++,
      shape.reduce((product, extent) => product * extent, 1),
      [0.5, 2],
    ),
  );

interface Options extends Omit<OpCase, 'graph' | 'x'> {
  readonly x?: readonly number[];
  readonly consts?: Readonly<Record<string, Const>>;
  readonly inputs?: readonly string[];
  readonly attr?: GraphSpec['nodes'][string]['attr'];
  readonly outputs?: readonly string[];
}

/** One node; its inputs are `x` and then the constants, unless they are given. */
function one(
  op: string,
  { x = [2, 3], consts = {}, inputs, attr = {}, outputs = ['y'], ...rest }: Options = {},
): OpCase {
  const nodes = { y: { op, inputs: inputs ?? ['x', ...Object.keys(consts)], attr: { ...attrT, ...attr } } };
  return { ...rest, x, graph: { consts, nodes, outputs } };
}

const unary = (op: string, range: readonly [number, number] = [-2, 2]) => [one(op, { range })];
const binary = (op: string) => [
  one(op, { consts: { k: weights(2, 3) } }),
  one(op, { note: 'broadcast', x: [2, 2, 3], consts: { k: weights(3) } }),
  one(op, { note: 'constant first', consts: { k: weights(3) }, inputs: ['k', 'x'] }),
];
/** A comparison gives booleans, which a cast makes visible. */
const comparison = (op: string): OpCase[] => [
  {
    x: [2, 3],
    graph: {
      consts: { k: floats([3], [-1, 0, 1]) },
      nodes: {
        test: { op, inputs: ['x', 'k'], attr: attrT },
        y: { op: 'Cast', inputs: ['test'], attr: { SrcT: type('DT_BOOL'), DstT: type('DT_FLOAT') } },
      },
      outputs: ['y'],
    },
  },
];
const cast = { SrcT: type('DT_BOOL'), DstT: type('DT_FLOAT') };
const logical = (op: 'LogicalAnd' | 'LogicalOr' | 'LogicalNot'): OpCase[] => [
  {
    x: [2, 4],
    graph: {
      consts: { low: floats([], [-0.5]), high: floats([], [0.5]) },
      nodes: {
        above: { op: 'Greater', inputs: ['x', 'low'], attr: attrT },
        below: { op: 'Less', inputs: ['x', 'high'], attr: attrT },
        both: { op, inputs: op === 'LogicalNot' ? ['above'] : ['above', 'below'] },
        y: { op: 'Cast', inputs: ['both'], attr: cast },
      },
      outputs: ['y'],
    },
  },
];
const chosen = (op: 'Select' | 'SelectV2', test: Const): OpCase =>
  one(op, { consts: { test, other: weights(2, 3) }, inputs: ['test', 'x', 'other'] });
const bools = (shape: readonly number[], values: readonly number[]): Const => ({ dtype: 'bool', shape, values });
const reduction = (op: string) => [
  one(op, { x: [2, 3, 4, 2], consts: { axes: integers([1, 2]) }, attr: { keep_dims: flag(false) } }),
  one(op, { note: 'keep_dims', x: [2, 3, 4], consts: { axes: integers([-1]) }, attr: { keep_dims: flag(true) } }),
  one(op, { note: 'one axis', x: [2, 3], consts: { axes: integers(1) } }),
];
const boolReduction = (op: string): OpCase[] => [
  {
    x: [2, 5],
    graph: {
      consts: { k: floats([], [-1]), axes: integers([1]) },
      nodes: {
        test: { op: 'Greater', inputs: ['x', 'k'], attr: attrT },
        all: { op, inputs: ['test', 'axes'], attr: { keep_dims: flag(false) } },
        y: { op: 'Cast', inputs: ['all'], attr: cast },
      },
      outputs: ['y'],
    },
  },
];

const conv = (stride: number, dilation: number, padding: string) => ({
  ...nhwc,
  strides: ints(1, stride, stride, 1),
  dilations: ints(1, dilation, dilation, 1),
  padding: text(padding),
});
const image = [2, 6, 7, 3] as const;
const convolution = (op: string, filter: () => Const) => [
  one(op, { x: image, consts: { filter: filter() }, attr: conv(1, 1, 'SAME') }),
  one(op, { note: 'stride 2', x: image, consts: { filter: filter() }, attr: conv(2, 1, 'SAME') }),
  one(op, { note: 'valid', x: image, consts: { filter: filter() }, attr: conv(2, 1, 'VALID') }),
  one(op, { note: 'dilated', x: image, consts: { filter: filter() }, attr: conv(1, 2, 'VALID') }),
  one(op, {
    note: 'explicit padding',
    x: image,
    consts: { filter: filter() },
    attr: { ...conv(1, 1, 'EXPLICIT'), explicit_paddings: ints(0, 0, 2, 1, 0, 1, 0, 0) },
  }),
];
const fused = (op: string, product: { x: readonly number[]; filter: () => Const; channels: number; attr: object }) => {
  const { x, filter, channels, attr } = product;
  const make = (steps: readonly string[], more: Record<string, Const> = {}, extra: object = {}) =>
    one(op, {
      note: steps.join(' + '),
      x,
      consts: { filter: filter(), bias: weights(channels), ...more },
      attr: { ...attr, ...extra, fused_ops: texts(...steps), num_args: int(1 + Object.keys(more).length) },
    });
  return [
    make(['BiasAdd']),
    make(['BiasAdd', 'Relu']),
    make(['BiasAdd', 'Relu6']),
    make(['BiasAdd', 'Elu']),
    make(['BiasAdd', 'Sigmoid']),
    make(['BiasAdd', 'LeakyRelu'], {}, { leakyrelu_alpha: float(0.3) }),
    make(['BiasAdd', 'Prelu'], { alpha: weights(channels) }),
  ];
};
const pool = (op: string) =>
  [
    [3, 2, 'SAME'],
    [2, 2, 'VALID'],
    [3, 1, 'SAME'],
  ].map(([size, stride, padding]) =>
    one(op, {
      note: `${size} ${stride} ${padding}`,
      x: image,
      attr: {
        ...nhwc,
        ksize: ints(1, Number(size), Number(size), 1),
        strides: ints(1, Number(stride), Number(stride), 1),
        padding: text(String(padding)),
      },
    }),
  );
const normalized = (op: string) => [
  one(op, {
    x: [2, 2, 3, 4],
    consts: { gamma: weights(4), beta: weights(4), mean: weights(4), variance: positive(4) },
    attr: { ...nhwc, epsilon: float(0.01), is_training: flag(false) },
  }),
];
const resize = (op: string) =>
  [
    { align_corners: flag(true), half_pixel_centers: flag(false) },
    { align_corners: flag(false), half_pixel_centers: flag(true) },
    { align_corners: flag(false), half_pixel_centers: flag(false) },
  ].flatMap((attr, i) =>
    [
      [7, 9],
      [3, 2],
    ].map((size) => one(op, { note: `mode ${i} to ${size}`, x: [2, 4, 5, 3], consts: { size: integers(size) }, attr })),
  );

interface SliceCase {
  readonly note: string;
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly strides: readonly number[];
  readonly masks?: Readonly<Record<string, number>>;
}
const strided = ({ note, begin, end, strides, masks = {} }: SliceCase) => {
  const names = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];
  return one('StridedSlice', {
    note,
    x: [2, 5, 6, 3],
    consts: { begin: integers(begin), end: integers(end), strides: integers(strides) },
    attr: Object.fromEntries(names.map((name) => [name, int(masks[name] ?? 0)])),
  });
};

/** Shape arithmetic as converters write it: the batch is read from the data, the rest is known. */
const flattenByShape: OpCase = {
  note: 'Reshape to [Shape(x)[0], Prod of the rest]',
  x: [2, 3, 4],
  graph: {
    consts: { zero: integers([0]), one: integers([1]), three: integers([3]), axis: integers([0]) },
    nodes: {
      shape: { op: 'Shape', inputs: ['x'], attr: attrT },
      batch: {
        op: 'StridedSlice',
        inputs: ['shape', 'zero', 'one', 'one'],
        attr: { shrink_axis_mask: int(1) },
      },
      rest: { op: 'StridedSlice', inputs: ['shape', 'one', 'three', 'one'] },
      features: { op: 'Prod', inputs: ['rest', 'axis'], attr: { keep_dims: flag(false) } },
      target: { op: 'Pack', inputs: ['batch', 'features'], attr: { axis: int(0), N: int(2) } },
      y: { op: 'Reshape', inputs: ['x', 'target'] },
    },
    outputs: ['y'],
  },
};
/** A folded op shown through an addition to x. */
const folded = (op: string, options: Omit<Options, 'x'>): OpCase => ({
  ...(options.note ? { note: options.note } : {}),
  ...(options.expected ? { expected: options.expected } : {}),
  x: [1, 1],
  range: [0, 0],
  graph: {
    consts: options.consts ?? {},
    nodes: {
      known: { op, inputs: options.inputs ?? Object.keys(options.consts ?? {}), attr: options.attr ?? attrT },
      cast: { op: 'Cast', inputs: ['known'], attr: { SrcT: type('DT_INT32'), DstT: type('DT_FLOAT') } },
      y: { op: 'Add', inputs: ['x', 'cast'], attr: attrT },
    },
    outputs: ['y'],
  },
});
const integerPair = { a: integers([7, -7, 6]), b: integers([2, 2, 3]) };
const halves = { a: floats([4], [0.5, 1.5, -0.5, 2.4]) };

/** At least one case for every op that the reader knows. */
export const tfjsOpCases: Readonly<Record<string, readonly OpCase[]>> = {
  Add: binary('Add'),
  AddV2: binary('AddV2'),
  AddN: [one('AddN', { consts: { k: weights(2, 3), l: weights(2, 3) }, attr: { N: int(3) } })],
  BiasAdd: [one('BiasAdd', { x: [2, 3, 2, 4], consts: { bias: weights(4) }, attr: nhwc })],
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  RealDiv: binary('RealDiv'),
  DivNoNan: [one('DivNoNan', { consts: { k: floats([3], [2, 0, -1]) } })],
  Maximum: binary('Maximum'),
  Minimum: binary('Minimum'),
  Pow: [one('Pow', { range: [0.2, 2], consts: { k: weights(3) } })],
  SquaredDifference: binary('SquaredDifference'),
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Sign: unary('Sign'),
  Square: unary('Square'),
  Sqrt: unary('Sqrt', [0.1, 3]),
  Rsqrt: unary('Rsqrt', [0.1, 3]),
  Exp: unary('Exp'),
  Expm1: unary('Expm1'),
  Log: unary('Log', [0.1, 3]),
  Log1p: unary('Log1p', [-0.5, 3]),
  Reciprocal: unary('Reciprocal', [0.2, 3]),
  Inv: [one('Inv', { x: [1, 1], range: [4, 4], expected: [0.25] })],
  ClipByValue: [one('ClipByValue', { consts: { low: floats([], [-1]), high: floats([], [0.5]) } })],
  Less: comparison('Less'),
  LessEqual: comparison('LessEqual'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterEqual'),
  Equal: comparison('Equal'),
  NotEqual: comparison('NotEqual'),
  LogicalAnd: logical('LogicalAnd'),
  LogicalOr: logical('LogicalOr'),
  LogicalNot: logical('LogicalNot'),
  Select: [
    chosen('Select', bools([2, 3], [1, 0, 0, 1, 1, 0])),
    one('Select', {
      note: 'rows',
      range: [9, 9],
      consts: { test: bools([2], [0, 1]), other: floats([2, 3], [1, 2, 3, 4, 5, 6]) },
      inputs: ['test', 'x', 'other'],
      expected: [1, 2, 3, 9, 9, 9],
    }),
  ],
  SelectV2: [chosen('SelectV2', bools([2, 3], [1, 0, 0, 1, 1, 0])), chosen('SelectV2', bools([3], [1, 0, 1]))],
  Cast: [
    folded('Floor', { note: 'to an integer', consts: halves }),
    one('Cast', { note: 'from a byte', attr: { SrcT: type('DT_UINT8'), DstT: type('DT_FLOAT') } }),
  ],
  Identity: unary('Identity'),
  IdentityN: [one('IdentityN', { consts: { k: weights(2) }, outputs: ['y:1'] })],
  PlaceholderWithDefault: [
    {
      x: [2, 3],
      graph: {
        consts: { k: weights(3) },
        nodes: {
          given: { op: 'PlaceholderWithDefault', inputs: ['k'], attr: { dtype: type('DT_FLOAT') } },
          y: { op: 'Mul', inputs: ['x', 'given'], attr: attrT },
        },
        outputs: ['y'],
      },
    },
  ],
  Snapshot: unary('Snapshot'),
  EnsureShape: [one('EnsureShape', { x: [1, 1], range: [3, 3], expected: [3] })],
  CheckNumerics: [one('CheckNumerics', { x: [1, 1], range: [3, 3], expected: [3] })],
  StopGradient: unary('StopGradient'),
  PreventGradient: [one('PreventGradient', { x: [1, 1], range: [3, 3], expected: [3] })],

  Relu: unary('Relu'),
  Relu6: unary('Relu6', [-2, 9]),
  Elu: unary('Elu'),
  Selu: unary('Selu'),
  Sigmoid: unary('Sigmoid'),
  Tanh: unary('Tanh'),
  Softplus: unary('Softplus'),
  Softsign: [one('Softsign', { x: [1, 1], range: [-3, -3], expected: [-0.75] })],
  LeakyRelu: [one('LeakyRelu', { attr: { alpha: float(0.3) } })],
  Prelu: [one('Prelu', { consts: { alpha: weights(3) } })],
  Softmax: unary('Softmax'),
  LogSoftmax: unary('LogSoftmax'),

  Conv2D: convolution('Conv2D', () => weights(3, 2, 3, 4)),
  _FusedConv2D: fused('_FusedConv2D', {
    x: image,
    filter: () => weights(3, 3, 3, 4),
    channels: 4,
    attr: { ...conv(2, 1, 'SAME'), epsilon: float(0) },
  }),
  DepthwiseConv2dNative: convolution('DepthwiseConv2dNative', () => weights(3, 3, 3, 2)).slice(0, 4),
  DepthwiseConv2d: [
    one('DepthwiseConv2d', { x: image, consts: { filter: weights(3, 3, 3, 1) }, attr: conv(2, 1, 'SAME') }),
  ],
  FusedDepthwiseConv2dNative: fused('FusedDepthwiseConv2dNative', {
    x: image,
    filter: () => weights(3, 3, 3, 2),
    channels: 6,
    attr: conv(1, 1, 'SAME'),
    // TensorFlow.js loses the slope of a leaky relu that is fused into a depthwise convolution.
  }).filter(({ note }) => !note?.includes('LeakyRelu')),
  Conv2DBackpropInput: [
    one('Conv2DBackpropInput', {
      x: [2, 3, 4, 3],
      consts: { size: integers([2, 6, 8, 5]), filter: weights(3, 3, 5, 3) },
      inputs: ['size', 'filter', 'x'],
      attr: conv(2, 1, 'SAME'),
    }),
  ],
  MatMul: [
    one('MatMul', { x: [2, 3], consts: { k: weights(3, 4) } }),
    one('MatMul', { note: 'transposed', x: [2, 3], consts: { k: weights(4, 3) }, attr: { transpose_b: flag(true) } }),
  ],
  BatchMatMul: [one('BatchMatMul', { x: [2, 3], consts: { k: weights(3, 4) } })],
  BatchMatMulV2: [
    one('BatchMatMulV2', { x: [2, 3], consts: { k: weights(4, 3) }, attr: { adj_y: flag(true) } }),
    one('BatchMatMulV2', { note: 'one matrix', x: [2, 4, 3], consts: { k: weights(3, 5) } }),
  ],
  _FusedMatMul: fused('_FusedMatMul', { x: [2, 3], filter: () => weights(3, 4), channels: 4, attr: {} }),

  Mean: reduction('Mean'),
  Sum: reduction('Sum'),
  Max: reduction('Max'),
  Min: reduction('Min'),
  EuclideanNorm: reduction('EuclideanNorm'),
  All: boolReduction('All'),
  Any: boolReduction('Any'),
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AvgPool'),
  LRN: [
    one('LRN', {
      x: [2, 2, 2, 6],
      attr: { depth_radius: int(2), bias: float(1.5), alpha: float(0.7), beta: float(0.75) },
    }),
  ],
  FusedBatchNorm: normalized('FusedBatchNorm'),
  FusedBatchNormV2: normalized('FusedBatchNormV2'),
  FusedBatchNormV3: normalized('FusedBatchNormV3'),

  Reshape: [one('Reshape', { x: [2, 3, 4], consts: { shape: integers([-1, 4]) } }), flattenByShape],
  Transpose: [one('Transpose', { x: [2, 3, 4, 2], consts: { perm: integers([0, 3, 1, 2]) } })],
  Squeeze: [
    one('Squeeze', { x: [2, 1, 1, 3], attr: { squeeze_dims: ints(1, 2) } }),
    one('Squeeze', { note: 'all', x: [2, 1, 3] }),
  ],
  ExpandDims: [one('ExpandDims', { consts: { axis: integers(-1) } })],
  Pad: [
    one('Pad', {
      x: [2, 3, 2],
      consts: { paddings: { dtype: 'int32', shape: [3, 2], values: [0, 0, 1, 2, 0, 1] } },
    }),
  ],
  PadV2: [
    one('PadV2', {
      x: [2, 3],
      consts: { paddings: { dtype: 'int32', shape: [2, 2], values: [0, 0, 1, 2] }, value: floats([], [0.5]) },
    }),
  ],
  MirrorPad: ['REFLECT', 'SYMMETRIC'].map((mode) =>
    one('MirrorPad', {
      note: mode,
      x: [2, 4, 3],
      consts: { paddings: { dtype: 'int32', shape: [3, 2], values: [0, 0, 2, 1, 1, 0] } },
      attr: { mode: text(mode) },
    }),
  ),
  ConcatV2: [one('ConcatV2', { x: [2, 3], consts: { k: weights(2, 2), axis: integers(-1) }, attr: { N: int(2) } })],
  Concat: [
    one('Concat', {
      x: [2, 3],
      consts: { axis: integers(1), k: weights(2, 2) },
      inputs: ['axis', 'x', 'k'],
      attr: { N: int(2) },
    }),
  ],
  Pack: [one('Pack', { x: [2, 3], consts: { k: weights(2, 3) }, attr: { axis: int(1), N: int(2) } })],
  Fill: [folded('Fill', { consts: { dims: integers([2, 2]), value: floats([], [3]) }, attr: attrT })],
  BroadcastTo: [one('BroadcastTo', { x: [2, 1, 3], consts: { shape: integers([2, 4, 3]) } })],
  ZerosLike: unary('ZerosLike'),
  OnesLike: unary('OnesLike'),
  Tile: [one('Tile', { x: [2, 3], consts: { multiples: integers([1, 3]) } })],
  ReverseV2: [one('ReverseV2', { x: [2, 3, 4], consts: { axes: integers([1, 2]) } })],
  SpaceToBatchND: [
    one('SpaceToBatchND', {
      x: [2, 5, 4, 2],
      consts: { block: integers([2, 2]), paddings: { dtype: 'int32', shape: [2, 2], values: [0, 1, 1, 1] } },
    }),
  ],
  BatchToSpaceND: [
    one('BatchToSpaceND', {
      x: [8, 2, 3, 2],
      consts: { block: integers([2, 2]), crops: { dtype: 'int32', shape: [2, 2], values: [0, 1, 1, 1] } },
    }),
  ],
  DepthToSpace: [one('DepthToSpace', { x: [2, 2, 3, 8], attr: { block_size: int(2), ...nhwc } })],
  SpaceToDepth: [
    one('SpaceToDepth', { x: [1, 2, 2, 1], range: [5, 5], attr: { block_size: int(2) }, expected: [5, 5, 5, 5] }),
  ],
  ResizeBilinear: resize('ResizeBilinear'),
  ResizeNearestNeighbor: resize('ResizeNearestNeighbor'),

  Slice: [one('Slice', { x: [2, 5, 3], consts: { begin: integers([0, 1, 1]), size: integers([2, 3, -1]) } })],
  StridedSlice: [
    strided({ note: 'plain', begin: [0, 1, 2, 0], end: [2, 5, 5, 3], strides: [1, 2, 1, 1] }),
    strided({
      note: 'open bounds',
      begin: [0, 1, 2, 0],
      end: [0, 4, 0, 0],
      strides: [1, 1, 3, 2],
      masks: { begin_mask: 9, end_mask: 13 },
    }),
    strided({
      note: 'backwards',
      begin: [0, -1, 4, 0],
      end: [0, 0, -6, 0],
      strides: [1, -1, -2, 1],
      masks: { begin_mask: 11, end_mask: 11 },
    }),
    strided({
      note: 'dropped and new axes',
      begin: [0, -2, 0, 1],
      end: [2, 0, 0, 5],
      strides: [1, 1, 1, 1],
      masks: { shrink_axis_mask: 2, new_axis_mask: 4 },
    }),
    strided({ note: 'ellipsis', begin: [0, 0, 1], end: [2, 0, 3], strides: [1, 1, 1], masks: { ellipsis_mask: 2 } }),
    strided({ note: 'out of range', begin: [-9, 2], end: [9, 99], strides: [1, 1] }),
  ],
  Split: ['y', 'y:2'].map((output) =>
    one('Split', {
      note: output,
      x: [2, 6],
      consts: { axis: integers(1) },
      inputs: ['axis', 'x'],
      attr: { num_split: int(3) },
      outputs: [output],
    }),
  ),
  SplitV: ['y', 'y:1'].map((output) =>
    one('SplitV', {
      note: output,
      x: [2, 6],
      consts: { sizes: integers([2, -1]), axis: integers(-1) },
      attr: { num_split: int(2) },
      outputs: [output],
    }),
  ),
  Unpack: ['y', 'y:1'].map((output) =>
    one('Unpack', { note: output, x: [2, 3, 4], attr: { axis: int(1), num: int(3) }, outputs: [output] }),
  ),
  Gather: [one('Gather', { x: [4, 3], consts: { indices: integers([3, 0, 0]) } })],
  GatherV2: [
    one('GatherV2', {
      x: [2, 5, 3],
      consts: { indices: { dtype: 'int32', shape: [2, 2], values: [4, 0, 2, 2] }, axis: integers(1) },
    }),
  ],

  Shape: [flattenByShape],
  ShapeN: [one('ShapeN', { x: [2, 3], consts: { k: weights(4) }, outputs: ['y:1'], expected: [4] })],
  Size: [
    {
      x: [2, 3],
      graph: {
        nodes: {
          size: { op: 'Size', inputs: ['x'], attr: attrT },
          cast: { op: 'Cast', inputs: ['size'], attr: { SrcT: type('DT_INT32'), DstT: type('DT_FLOAT') } },
          y: { op: 'Mul', inputs: ['x', 'cast'], attr: attrT },
        },
        outputs: ['y'],
      },
    },
  ],
  Rank: [one('Rank', { x: [2, 3, 4] })],
  Range: [
    folded('Range', {
      consts: { start: integers(2), limit: integers(9), step: integers(3) },
      attr: { Tidx: type('DT_INT32') },
    }),
  ],
  LinSpace: [folded('LinSpace', { consts: { start: floats([], [1]), stop: floats([], [3]), count: integers(5) } })],
  Prod: [flattenByShape],
  Floor: [folded('Floor', { consts: halves })],
  Ceil: [folded('Ceil', { consts: halves })],
  Round: [folded('Round', { consts: halves })],
  Div: [
    one('Div', { consts: { k: positive(3) } }),
    folded('Div', { note: 'integers', consts: integerPair, attr: { T: type('DT_INT32') }, expected: [3, -3, 2] }),
  ],
  FloorDiv: [folded('FloorDiv', { consts: integerPair, attr: { T: type('DT_INT32') } })],
  FloorMod: [folded('FloorMod', { consts: integerPair, attr: { T: type('DT_INT32') } })],
};
