import type { Tensor } from '../../../graph/tensor.ts';
import { averagePool, batchNorm, max, maxPool, mean, min, sum } from '../../../index.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';
import { pair, readPadding } from './window.ts';

export const reductionOps: OpTable = {
  Mean: reduce(mean),
  Sum: reduce(sum),
  Max: reduce(max),
  Min: reduce(min),
  MaxPool: (call) => maxPool(call.input(0), poolOptions(call)),
  AvgPool: (call) => averagePool(call.input(0), poolOptions(call)),
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
