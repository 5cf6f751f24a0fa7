import * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionLayer, Network, NetworkBuilder, Weights } from './network.ts';

/** One evaluation: the image, and what was computed of it so far. */
interface Evaluation {
  readonly image: tf.Tensor4D;
  readonly results: Map<TfjsLayer, tf.Tensor>;
}

type TfjsLayer = (evaluation: Evaluation) => tf.Tensor;

/**
 * The network as calls of TensorFlow.js, with the fused ops that its converter writes. Weights go to the backend that is
 * set now.
 */
export function buildTfjs({ build }: Network) {
  const held: tf.Tensor[] = [];
  const logits = build(makeBuilder(held), ({ image }) => image);
  return { held, logitsOf: (image: tf.Tensor4D) => logits({ image, results: new Map() }) };
}

/** @param held  gets every tensor of weights */
function makeBuilder(held: tf.Tensor[]): NetworkBuilder<TfjsLayer> {
  const upload = ({ shape, values, bias }: Weights) => {
    const weights = { filter: tf.tensor(values, [...shape]), bias: tf.tensor1d(bias) };
    held.push(weights.filter, weights.bias);
    return weights;
  };
  const convolve = (
    op: typeof tf.fused.conv2d | typeof tf.fused.depthwiseConv2d,
    x: TfjsLayer,
    { weights, stride, activation }: ConvolutionLayer,
  ): TfjsLayer => {
    const { filter, bias } = upload(weights);
    return once((evaluation) =>
      op({
        ...{ x: x(evaluation) as tf.Tensor4D, filter: filter as tf.Tensor4D, bias },
        ...{ strides: stride, pad: 'same' },
        ...(activation === 'relu6' && { activation }),
      }),
    );
  };
  return {
    convolve: (x, layer) => convolve(tf.fused.conv2d, x, layer),
    convolveDepthwise: (x, layer) => convolve(tf.fused.depthwiseConv2d, x, layer),
    add: (a, b) => once((evaluation) => tf.add(a(evaluation), b(evaluation))),
    classify: (x, weights) => {
      const { filter, bias } = upload(weights);
      return once((evaluation) => {
        const pooled = tf.mean(x(evaluation), [1, 2]) as tf.Tensor2D;
        return tf.fused.matMul({ a: pooled, b: filter as tf.Tensor2D, bias });
      });
    },
  };
}

/** Computes the layer once in an evaluation, though two later layers may read it. */
function once(compute: TfjsLayer): TfjsLayer {
  const layer: TfjsLayer = (evaluation) => {
    const result = evaluation.results.get(layer) ?? compute(evaluation);
    evaluation.results.set(layer, result);
    return result;
  };
  return layer;
}
