import * as ag from '@igos/autograd';
import type { ConvolutionLayer, NetworkBuilder } from './network.ts';

/** The network as a graph of ours. */
export const graphBuilder: NetworkBuilder<ag.Tensor> = {
  convolve: (x, layer) => convolveWith(ag.conv2d, x, layer),
  convolveDepthwise: (x, layer) => convolveWith(ag.depthwiseConv2d, x, layer),
  add: (a, b) => ag.add(a, b),
  classify: (x, { values, shape, bias }) =>
    ag.dense(ag.globalAveragePool(x), constant(values, shape), constant(bias, [bias.length])),
};

function convolveWith(
  op: typeof ag.conv2d,
  x: ag.Tensor,
  { weights, stride, activation }: ConvolutionLayer,
): ag.Tensor {
  const { values, shape, bias } = weights;
  const sums = op(x, constant(values, shape), { strides: stride, padding: 'same' });
  const biased = ag.add(sums, constant(bias, [bias.length]));
  return activation === 'none' ? biased : ag.relu6(biased);
}

function constant(data: Float32Array, shape: readonly number[]): ag.Tensor {
  return ag.constant({ data, shape });
}
