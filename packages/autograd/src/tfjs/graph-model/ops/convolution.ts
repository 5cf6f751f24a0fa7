import type { Tensor } from '../../../graph/tensor.ts';
import { conv2d, conv2dTranspose, depthwiseConv2d, matmul, reshape } from '../../../index.ts';
import type { OpCall, OpTable } from '../op-call.ts';
import { fusedTail } from './activation.ts';
import { pair, readGeometry } from './window.ts';

export const convolutionOps: OpTable = {
  Conv2D: convolution,
  _FusedConv2D: (call) => fusedTail(call, convolution(call)),
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2d: depthwise,
  FusedDepthwiseConv2dNative: (call) => fusedTail(call, depthwise(call)),
  Conv2DBackpropInput: transposed,
  MatMul: matrixProduct,
  BatchMatMul: matrixProduct,
  BatchMatMulV2: matrixProduct,
  _FusedMatMul: (call) => fusedTail(call, matrixProduct(call)),
};

function geometry(call: OpCall) {
  return { ...readGeometry(call), dilations: pair(call, 'dilations') };
}

/** Filters with fewer input channels than the data has form groups. */
function convolution(call: OpCall): Tensor {
  const [x, filter] = [call.input(0), call.input(1)];
  const groups = x.shape.at(-1)! / filter.shape[2];
  return conv2d(x, filter, { ...geometry(call), ...(Number.isInteger(groups) ? { groups } : {}) });
}

function depthwise(call: OpCall): Tensor {
  return depthwiseConv2d(call.input(0), call.input(1), geometry(call));
}

/** Inputs: shape of the result, filter, data. */
function transposed(call: OpCall): Tensor {
  return conv2dTranspose(call.input(2), call.input(1), { ...geometry(call), outputShape: call.integers(0) });
}

/** Leading axes of the first factor are rows of one matrix when the second factor is a plain matrix. */
function matrixProduct(call: OpCall): Tensor {
  const [a, b] = [call.input(0), call.input(1)];
  const transposeA = call.flag('transpose_a', 'adj_x');
  const transposeB = call.flag('transpose_b', 'adj_y');
  if (a.shape.length <= 2 || b.shape.length > 2 || transposeA) return matmul(a, b, { transposeA, transposeB });
  const rows = reshape(a, [-1, a.shape.at(-1)!]);
  const product = matmul(rows, b, { transposeB });
  return reshape(product, [...a.shape.slice(0, -1), product.shape[1]]);
}
