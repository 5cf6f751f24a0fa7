import * as tf from '@tensorflow/tfjs-core';
import type { CheckedCase } from '../agreement.ts';
import { type TfjsBackend, tfjsCase } from '../peers/tfjs.ts';
import { filterShape, type KernelLayer, outputShape } from './layers.ts';
import type { LayerData } from './ours.ts';

interface TfjsKernel {
  readonly layer: KernelLayer;
  readonly data: LayerData;
  readonly backend: TfjsBackend;
}

/** The layer with bias and ReLU6 in one call. */
export function tfjsForward({ layer, data, backend }: TfjsKernel): Promise<CheckedCase> {
  return tfjsCase(backend, () => {
    const x = images(data.input, layer.input);
    const filter = tf.tensor4d(data.filter, filterShape(layer) as Shape);
    const bias = tf.tensor1d(data.bias);
    const op = layer.kind === 'conv' ? tf.fused.conv2d : tf.fused.depthwiseConv2d;
    return {
      held: [x, filter, bias],
      compute: () => op({ x, filter, bias, strides: layer.stride, pad: 'same', activation: 'relu6' }),
    };
  });
}

/** The gradient that the layer hands on to its input. A depthwise one works on the backend `cpu` only. */
export function tfjsGradient({ layer, data, backend }: TfjsKernel): Promise<CheckedCase> {
  return tfjsCase(backend, () => {
    const slope = images(data.slope, outputShape(layer));
    const filter = tf.tensor4d(data.filter, filterShape(layer) as Shape);
    const inputShape: Shape = [1, ...layer.input];
    const attributes = { strides: layer.stride, dilations: 1, pad: 'same', inputShape };
    return {
      held: [slope, filter],
      compute: () =>
        layer.kind === 'conv'
          ? tf.conv2dTranspose(slope, filter, inputShape, layer.stride, 'same')
          : tf.engine().runKernel('DepthwiseConv2dNativeBackpropInput', { dy: slope, filter }, attributes),
    };
  });
}

type Shape = [number, number, number, number];

function images(values: Float32Array, shape: readonly [number, number, number]): tf.Tensor4D {
  return tf.tensor4d(values, [1, ...shape]);
}
