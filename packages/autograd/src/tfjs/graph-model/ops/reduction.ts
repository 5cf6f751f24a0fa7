import type { Tensor } from '../../../graph/tensor.ts';
import {
  add,
  averagePool,
  batchNorm,
  constant,
  conv2d,
  div,
  max,
  maxPool,
  mean,
  min,
  mul,
  notEqual,
  pow,
  sqrt,
  square,
  sum,
  toFloat,
} from '../../../index.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';
import { pair, readPadding } from './window.ts';

export const reductionOps: OpTable = {
  Mean: reduce(mean),
  Sum: reduce(sum),
  Max: reduce(max),
  Min: reduce(min),
  EuclideanNorm: reduce((x, options) => sqrt(sum(square(x), options))),
  All: reduce((x, options) => notEqual(min(toFloat(x), options), 0)),
  Any: reduce((x, options) => notEqual(max(toFloat(x), options), 0)),
  MaxPool: (call) => maxPool(call.input(0), poolOptions(call)),
  AvgPool: (call) => averagePool(call.input(0), poolOptions(call)),
  LRN: localResponse,
  FusedBatchNorm: normalization,
  FusedBatchNormV2: normalization,
  FusedBatchNormV3: normalization,
};

function reduce(op: typeof mean): OpBuilder {
  return (call) => {
    const keepDims = call.attrs.boolean('keep_dims', false) || call.attrs.boolean('keepdims', false);
    return op(call.input(0), { axes: call.integers(1), keepDims });
  };
}

function poolOptions(call: OpCall) {
  call.checkLayout();
  return { size: pair(call, 'ksize'), strides: pair(call, 'strides'), padding: readPadding(call) };
}

function normalization(call: OpCall): Tensor {
  call.checkLayout();
  if (call.attrs.boolean('is_training', false)) {
    throw call.error('normalises by the statistics of its batch; export the model for inference');
  }
  const [x, gamma, beta, average, variance] = [0, 1, 2, 3, 4].map((index) => call.input(index));
  return batchNorm(x, { gamma, beta, mean: average, variance, epsilon: call.attrs.float('epsilon', 1e-4) });
}

/** Divides each channel by a power of the squares of its neighbours: a 1x1 convolution with a band of ones sums them. */
function localResponse(call: OpCall): Tensor {
  const x = call.input(0);
  const channels = x.shape.at(-1) ?? 0;
  call.checkCount(channels ** 2);
  const radius = call.attrs.integer('depth_radius', 5);
  const band = Float64Array.from({ length: channels ** 2 }, (_, i) => {
    return Math.abs(Math.floor(i / channels) - (i % channels)) <= radius ? 1 : 0;
  });
  const sums = conv2d(square(x), constant({ data: band, shape: [1, 1, channels, channels] }), { padding: 'valid' });
  const scaled = add(mul(sums, call.attrs.float('alpha', 1)), call.attrs.float('bias', 1));
  return div(x, pow(scaled, call.attrs.float('beta', 0.5)));
}
