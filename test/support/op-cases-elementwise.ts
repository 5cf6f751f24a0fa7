import * as ag from '@igos/autograd';
import { bools, fixed, floats, given, integers, positive, type Row } from './op-inputs.ts';

type Tensor = ag.Tensor;
type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

const unary = (build: Unary, { kinks = [], note }: { kinks?: number[]; note?: string } = {}): Row[] => [
  {
    ...(note && { note }),
    inputs: [floats([2, 3, 5], { between: [-8, 8], kinks: [0, ...kinks] })],
    build: (x) => build(x),
  },
];

/** Equal shapes, and each way of broadcasting. */
const binary = (build: Binary, values = floats): Row[] =>
  [
    [
      [3, 4],
      [3, 4],
    ],
    [
      [2, 3, 4],
      [3, 1],
    ],
    [[5], [2, 1, 5]],
    [[], [2, 2]],
    [[2, 3, 3, 4], [4]],
  ].map(([a = [], b = []]) => ({ inputs: [floats(a), values(b)], build: (x, y) => build(x, y) }));

const comparison = (build: Binary): Row[] =>
  [
    [
      [5, 5],
      [5, 5],
    ],
    [
      [2, 3, 5],
      [3, 1],
    ],
  ].map(([a = [], b = []]) => ({ inputs: [integers(a), integers(b)], build: (x, y) => build(x, y) }));

const along = (axis: number, build: (x: Tensor, axis: number) => Tensor): Row => ({
  note: `along axis ${axis}`,
  inputs: [floats([3, 4, 2])],
  build: (x) => build(x, axis),
});

/** Rows for arithmetic, comparisons and activations. */
export const elementwiseRows = {
  add: binary(ag.add),
  sub: binary(ag.sub),
  mul: binary(ag.mul),
  div: binary(ag.div, positive),
  pow: [
    { inputs: [positive([2, 3, 4]), floats([3, 1])], build: (x, y) => ag.pow(x, y) },
    { note: 'to the 2', inputs: [floats([5])], build: (x) => ag.pow(x, 2) },
    { note: 'of 2', inputs: [floats([5])], build: (x) => ag.pow(2, x) },
  ],
  minimum: binary(ag.minimum),
  maximum: binary(ag.maximum),
  less: comparison(ag.less),
  lessEqual: comparison(ag.lessEqual),
  greater: comparison(ag.greater),
  greaterEqual: comparison(ag.greaterEqual),
  equal: comparison(ag.equal),
  notEqual: comparison(ag.notEqual),
  logicalNot: [{ inputs: [bools([3, 4])], build: (a) => ag.logicalNot(a) }],
  logicalAnd: [{ inputs: [bools([3, 4]), bools([4])], build: (a, b) => ag.logicalAnd(a, b) }],
  logicalOr: [{ inputs: [bools([3, 4]), bools([4])], build: (a, b) => ag.logicalOr(a, b) }],
  select: [
    { inputs: [bools([2, 3, 4]), floats([3, 1]), floats([4])], build: (test, a, b) => ag.select(test, a, b) },
    { note: 'between numbers', inputs: [bools([2, 5])], build: (test) => ag.select(test, 3, -0.5) },
    {
      note: 'between bools',
      inputs: [bools([9]), bools([9]), bools([9])],
      build: (test, a, b) => ag.select(test, a, b),
    },
  ],
  toFloat: [
    { note: 'of bools', inputs: [bools([3, 4])], build: (x) => ag.toFloat(x) },
    { note: 'of floats', inputs: [floats([3, 4])], build: (x) => ag.toFloat(x) },
  ],
  broadcastTo: [{ inputs: [floats([3, 1])], build: (x) => ag.broadcastTo(x, [2, 3, 4]) }],
  stopGradient: [{ inputs: [fixed([2, 3])], build: (x) => ag.stopGradient(x) }],

  neg: unary(ag.neg),
  abs: unary(ag.abs),
  sign: unary(ag.sign),
  sqrt: [{ inputs: [positive([2, 5])], build: (x) => ag.sqrt(x) }],
  exp: unary(ag.exp),
  log: [{ inputs: [positive([2, 5])], build: (x) => ag.log(x) }],
  tanh: unary(ag.tanh),
  sigmoid: unary(ag.sigmoid),
  square: unary(ag.square),
  reciprocal: unary(ag.reciprocal),
  clamp: [
    {
      note: 'between numbers',
      inputs: [floats([4, 5], { kinks: [-1, 0.5] })],
      build: (x) => ag.clamp(x, -1, 0.5),
    },
    {
      note: 'between tensors',
      inputs: [floats([4, 5]), floats([5], { between: [-1, -0.5] }), floats([4, 1], { between: [0.5, 1] })],
      build: (x, low, high) => ag.clamp(x, low, high),
    },
  ],

  relu: unary(ag.relu),
  relu6: unary(ag.relu6, { kinks: [6] }),
  leakyRelu: [...unary(ag.leakyRelu), ...unary((x) => ag.leakyRelu(x, 0.01), { note: 'alpha 0.01' })],
  prelu: [
    { inputs: [floats([2, 3, 3, 4]), floats([4])], build: (x, alpha) => ag.prelu(x, alpha) },
    { note: 'with a shape of its own', inputs: [floats([2, 3, 4]), floats([3, 1])], build: (x, a) => ag.prelu(x, a) },
  ],
  elu: [...unary(ag.elu), ...unary((x) => ag.elu(x, 0.3), { note: 'alpha 0.3' })],
  selu: unary(ag.selu),
  softplus: [
    ...unary(ag.softplus),
    { note: 'far out', inputs: [given([5], [-1000, -50, 0, 50, 1000])], build: (x) => ag.softplus(x) },
  ],
  swish: unary(ag.swish),
  mish: unary(ag.mish),
  softsign: unary(ag.softsign),
  hardSigmoid: [
    ...unary(ag.hardSigmoid, { kinks: [-2.5, 2.5] }),
    ...unary((x) => ag.hardSigmoid(x, { slope: 1 / 6 }), { kinks: [-3, 3], note: 'slope 1/6' }),
  ],
  hardSwish: unary(ag.hardSwish, { kinks: [-3, 3] }),
  softmax: [...[-1, 0, 1].map((axis) => along(axis, ag.softmax))],
  logSoftmax: [...[-1, 0, 1].map((axis) => along(axis, ag.logSoftmax))],
  classProbability: [{ inputs: [floats([3, 5])], build: (x) => ag.classProbability(x, 2) }],
} satisfies Readonly<Record<string, readonly Row[]>>;
