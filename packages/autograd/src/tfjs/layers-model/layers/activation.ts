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
import type { LayerCall, LayerTable } from '../layer-call.ts';

export const activationLayers: LayerTable = {
  Activation: (call) => call.activate(call.x),
  ReLU: rectifier,
  // Keras 3 says `negative_slope`, Keras 2 `alpha`.
  LeakyReLU: (call) => leakyRelu(call.x, call.option('negative_slope').or(call.option('alpha')).number(0.3)),
  ThresholdedReLU: (call) => {
    const theta = call.option('theta').number(1);
    return select(greaterEqual(theta, call.x), 0, call.x);
  },
  PReLU: (call) => {
    const shared = call.option('shared_axes').integers([]);
    const shape = call.x.shape.map((extent, axis) => (shared.includes(axis) ? 1 : extent));
    return prelu(call.x, call.weight('alpha', shape.slice(1)));
  },
  ELU: (call) => elu(call.x, call.option('alpha').number(1)),
  Softmax: (call) => softmax(call.x, call.axis),
};

/** max_value above it, x from the threshold on, negative_slope · (x − threshold) below. */
function rectifier(call: LayerCall): Tensor {
  const { x } = call;
  const [slope, threshold] = ['negative_slope', 'threshold'].map((name) => call.option(name).number(0));
  const limit = call.option('max_value');
  const largest = limit.present ? limit.number() : undefined;
  const bounded = (value: Tensor) => (largest === undefined ? value : minimum(value, largest));
  if (slope === 0 && threshold === 0) return largest === 6 ? relu6(x) : bounded(relu(x));
  return select(greaterEqual(x, threshold), bounded(x), mul(sub(x, threshold), slope));
}
