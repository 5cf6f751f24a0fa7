import type { Tensor } from '../../../graph/tensor.ts';
import {
  add,
  averagePool,
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
import { normalize } from './activation.ts';
import { pair, readGeometry } from './window.ts';

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
  return (call) => op(call.input(0), { axes: call.integers(1), keepDims: call.flag('keep_dims', 'keepdims') });
}

function poolOptions(call: OpCall) {
  return { ...readGeometry(call), size: pair(call, 'ksize') };
}

function normalization(call: OpCall): Tensor {
  call.checkLayout();
  if (call.flag('is_training')) throw call.option('is_training').error('false; export the model for inference');
  return normalize(call.input(0), call.inputsFrom(1), call);
}

/** Divides each channel by a power of the squares of its neighbours: a 1x1 convolution with a band of ones sums them. */
function localResponse(call: OpCall): Tensor {
  const x = call.input(0);
  const channels = x.shape.at(-1) ?? 0;
  call.checkCount(channels ** 2);
  const radius = call.option('depth_radius').integer(5);
  const band = Float64Array.from({ length: channels ** 2 }, (_, i) => {
    return Math.abs(Math.floor(i / channels) - (i % channels)) <= radius ? 1 : 0;
  });
  const sums = conv2d(square(x), constant({ data: band, shape: [1, 1, channels, channels] }), { padding: 'valid' });
  const scaled = add(mul(sums, call.option('alpha').number(1)), call.option('bias').number(1));
  return div(x, pow(scaled, call.option('beta').number(0.5)));
}
