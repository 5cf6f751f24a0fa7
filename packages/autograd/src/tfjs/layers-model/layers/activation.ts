import type { Tensor } from '../../../graph/tensor.ts';
import {
  elu,
  greaterEqual,
  leakyRelu,
  minimum,
  mul,
  prelu,
  relu,
  relu6,
  select,
  softmax,
  sub,
} from '../../../index.ts';
import { sameShape } from '../../../shape.ts';
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const activationLayers: LayerTable = {
  Activation: (call) => call.activate(call.x),
  ReLU: rectifier,
  LeakyReLU: (call) => leakyRelu(call.x, slopeOf(call, 0.3)),
  ThresholdedReLU: (call) => {
    const theta = call.config.at('theta').number(1);
    return select(greaterEqual(theta, call.x), 0, call.x);
  },
  PReLU: (call) => {
    const shared = new Set(call.config.at('shared_axes').present ? call.config.at('shared_axes').integers() : []);
    const shape = call.x.shape.slice(1).map((extent, axis) => (shared.has(axis + 1) ? 1 : extent));
    return prelu(call.x, call.weight('alpha', shape));
  },
  ELU: (call) => elu(call.x, call.config.at('alpha').number(1)),
  Softmax: (call) => {
    const axis = call.config.at('axis');
    const axes = axis.isList ? axis.integers() : [axis.integer(-1)];
    if (axes.length !== 1) throw call.error('normalises over several axes; one is read');
    return softmax(call.x, axes[0]);
  },
};

/** Keras 3 says `negative_slope`, Keras 2 `alpha`. */
function slopeOf(call: LayerCall, fallback: number): number {
  return call.config.at('negative_slope').number(call.config.at('alpha').number(fallback));
}

/** max_value above it, x from the threshold on, negative_slope · (x − threshold) below. */
function rectifier(call: LayerCall): Tensor {
  const x = call.x;
  const slope = call.config.at('negative_slope').number(0);
  const threshold = call.config.at('threshold').number(0);
  const largest = call.config.at('max_value').present ? call.config.at('max_value').number() : undefined;
  if (sameShape([slope, threshold], [0, 0])) {
    if (largest === 6) return relu6(x);
    return largest === undefined ? relu(x) : minimum(relu(x), largest);
  }
  const bounded = largest === undefined ? x : minimum(x, largest);
  return select(greaterEqual(x, threshold), bounded, mul(sub(x, threshold), slope));
}
