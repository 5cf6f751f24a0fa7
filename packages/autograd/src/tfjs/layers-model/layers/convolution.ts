import type { Tensor } from '../../../graph/tensor.ts';
import { add, conv2d, conv2dTranspose, depthwiseConv2d, matmul, reshape } from '../../../index.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const convolutionLayers: LayerTable = {
  Conv2D: convolution,
  DepthwiseConv2D: (call) => finish(call, depthwise(call)),
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  Dense: fullyConnected,
};

function geometry(call: LayerCall) {
  const [strides, dilations] = [call.option('strides').pair(1), call.option('dilation_rate').pair(1)];
  return { padding: readPadding(call), strides, dilations };
}

export function readPadding(call: LayerCall): 'same' | 'valid' {
  return call.option('padding').oneOf(['valid', 'same'], 'valid');
}

/** Adds the bias, where the layer has one, and applies the activation. */
function finish(call: LayerCall, product: Tensor): Tensor {
  const biased = call.option('use_bias').boolean(true);
  return call.activate(biased ? add(product, call.weight('bias', [product.shape.at(-1)!])) : product);
}

function convolution(call: LayerCall): Tensor {
  const x = call.images;
  const groups = call.option('groups').integer(1);
  const kernel = call.weight('kernel', [
    ...call.option('kernel_size').pair(),
    call.channels / groups,
    call.option('filters').integer(),
  ]);
  return finish(call, conv2d(x, kernel, { ...geometry(call), groups }));
}

/** Keras 2 calls the filters `depthwise_kernel`, Keras 3 `kernel`. */
function depthwise(call: LayerCall): Tensor {
  const x = call.images;
  const shape = [...call.option('kernel_size').pair(), call.channels, call.option('depth_multiplier').integer(1)];
  return depthwiseConv2d(x, call.weight(['depthwise_kernel', 'kernel'], shape), geometry(call));
}

function separable(call: LayerCall): Tensor {
  const spread = depthwise(call);
  const mixing = call.weight('pointwise_kernel', [1, 1, spread.shape[3], call.option('filters').integer()]);
  return finish(call, conv2d(spread, mixing, { padding: 'valid' }));
}

function transposed(call: LayerCall): Tensor {
  const x = call.images;
  const filters = call.option('filters').integer();
  const kernel = call.option('kernel_size').pair();
  const options = geometry(call);
  const extra = call.option('output_padding');
  const added = extra.present ? extra.pair() : undefined;
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
  const units = call.option('units').integer();
  const kernel = call.weight('kernel', [call.channels, units]);
  const rows = reshape(call.x, [-1, call.channels]);
  return finish(call, reshape(matmul(rows, kernel), [...call.x.shape.slice(0, -1), units]));
}
