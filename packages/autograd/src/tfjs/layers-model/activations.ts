import type { Tensor } from '../../graph/tensor.ts';
import {
  elu,
  exp,
  hardSigmoid,
  hardSwish,
  leakyRelu,
  logSoftmax,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  softsign,
  swish,
  tanh,
} from '../../index.ts';
import type { Json } from '../json.ts';

type Activation = (x: Tensor, dialect: { readonly keras3: boolean }) => Tensor;

/** Activations by the name that a layer's `activation` has. */
const activations: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', (x) => x],
  ['relu', relu],
  ['relu6', relu6],
  ['leaky_relu', (x) => leakyRelu(x, 0.2)],
  ['elu', (x) => elu(x)],
  ['selu', selu],
  ['softplus', softplus],
  ['softsign', softsign],
  ['tanh', tanh],
  ['sigmoid', sigmoid],
  // Keras 3 changed the slope from 1/5 to 1/6.
  ['hard_sigmoid', (x, { keras3 }) => hardSigmoid(x, { slope: keras3 ? 1 / 6 : 0.2, offset: 0.5 })],
  ['swish', swish],
  ['silu', swish],
  ['hard_swish', hardSwish],
  ['hard_silu', hardSwish],
  ['mish', mish],
  ['exponential', (x) => exp(x)],
  ['softmax', (x) => softmax(x)],
  ['log_softmax', (x) => logSoftmax(x)],
]);

/** A layer's activation: a name, or an object around one where the file was written from a function. */
export function readActivation(config: Json): string {
  const activation = config.at('activation');
  if (!activation.isObject) return activation.string('linear');
  const inner = activation.at('config');
  return inner.isObject ? activation.at('class_name').string() : inner.string();
}

export function isActivation(name: string): boolean {
  return activations.has(name);
}

export function applyActivation(name: string, x: Tensor, dialect: { readonly keras3: boolean }): Tensor {
  return activations.get(name)!(x, dialect);
}
