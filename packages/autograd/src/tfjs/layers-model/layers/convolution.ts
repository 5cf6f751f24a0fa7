import type { Tensor } from '../../../graph/tensor.ts';
import { add, conv2d, conv2dTranspose, depthwiseConv2d, matmul, reshape } from '../../../index.ts';
import { quote } from '../../json.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const convolutionLayers: LayerTable = {
  Conv2D: convolution,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  Dense: fullyConnected,
};

function geometry(call: LayerCall) {
  const padding = readPadding(call);
  return { padding, strides: call.pair('strides', [1, 1]), dilations: call.pair('dilation_rate', [1, 1]) };
}

export function readPadding(call: LayerCall): 'same' | 'valid' {
  const padding = call.config.at('padding').string('valid').toLowerCase();
  if (padding === 'same' || padding === 'valid') return padding;
  throw call.error(`has the padding ${quote(padding)}; readable are same and valid`);
}

/** Adds the bias, where the layer has one, and applies the activation. */
function finish(call: LayerCall, product: Tensor): Tensor {
  const biased = call.config.at('use_bias').boolean(true);
  return call.activate(biased ? add(product, call.weight('bias', [product.shape.at(-1)!])) : product);
}

function convolution(call: LayerCall): Tensor {
  const x = call.images;
  const groups = call.config.at('groups').integer(1);
  const kernel = call.weight('kernel', [
    ...call.pair('kernel_size'),
    call.channels / groups,
    call.config.at('filters').integer(),
  ]);
  return finish(call, conv2d(x, kernel, { ...geometry(call), groups }));
}

/** Keras 2 calls the filters `depthwise_kernel`, Keras 3 `kernel`. */
function depthwise(call: LayerCall): Tensor {
  const x = call.images;
  const shape = [...call.pair('kernel_size'), call.channels, call.config.at('depth_multiplier').integer(1)];
  return finish(call, depthwiseConv2d(x, call.weight(['depthwise_kernel', 'kernel'], shape), geometry(call)));
}

function separable(call: LayerCall): Tensor {
  const x = call.images;
  const multiplier = call.config.at('depth_multiplier').integer(1);
  const filters = call.weight('depthwise_kernel', [...call.pair('kernel_size'), call.channels, multiplier]);
  const mixing = [1, 1, call.channels * multiplier, call.config.at('filters').integer()];
  const spread = depthwiseConv2d(x, filters, geometry(call));
  return finish(call, conv2d(spread, call.weight('pointwise_kernel', mixing), { padding: 'valid' }));
}

function transposed(call: LayerCall): Tensor {
  const x = call.images;
  const filters = call.config.at('filters').integer();
  const kernel = call.pair('kernel_size');
  const options = geometry(call);
  const extra = call.config.at('output_padding');
  const added = extra.present ? (extra.isList ? extra.integers() : [extra.integer(), extra.integer()]) : undefined;
  const extent = (axis: 0 | 1): number => {
    const [stride, input] = [options.strides[axis], x.shape[1 + axis]];
    const size = (kernel[axis] - 1) * options.dilations[axis] + 1;
    if (added) return (input - 1) * stride + size - 2 * (options.padding === 'same' ? size >> 1 : 0) + added[axis];
    return input * stride + (options.padding === 'same' ? 0 : Math.max(size - stride, 0));
  };
  const outputShape = [x.shape[0], extent(0), extent(1), filters];
  const weights = call.weight('kernel', [...kernel, filters, call.channels]);
  return finish(call, conv2dTranspose(x, weights, { ...options, outputShape }));
}

/** On more than two axes each vector along the last one is a row. */
function fullyConnected(call: LayerCall): Tensor {
  const units = call.config.at('units').integer();
  const kernel = call.weight('kernel', [call.channels, units]);
  const rows = reshape(call.x, [-1, call.channels]);
  return finish(call, reshape(matmul(rows, kernel), [...call.x.shape.slice(0, -1), units]));
}
