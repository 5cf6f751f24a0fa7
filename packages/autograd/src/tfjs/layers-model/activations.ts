import type { Tensor } from '../../graph/tensor.ts';
import { exp, hardSigmoid, hardSwish, leakyRelu, logSoftmax, mish, softmax, swish } from '../../index.ts';
import { commonActivations } from '../activations.ts';
import type { Json } from '../json.ts';

type Activation = (x: Tensor, dialect: { readonly keras3: boolean }) => Tensor;

/** Activations by the name that a layer's `activation` has. */
export const activations: ReadonlyMap<string, Activation> = new Map(
  Object.entries<Activation>({
    ...commonActivations,
    linear: (x) => x,
    leaky_relu: (x) => leakyRelu(x),
    // Keras 3 changed the slope from 1/5 to 1/6.
    hard_sigmoid: (x, { keras3 }) => hardSigmoid(x, keras3 ? { slope: 1 / 6 } : {}),
    swish,
    silu: swish,
    hard_swish: hardSwish,
    hard_silu: hardSwish,
    mish,
    exponential: exp,
    softmax: (x) => softmax(x),
    log_softmax: (x) => logSoftmax(x),
  }),
);

/** The name of an activation, which may be in an object where the file was written from a function. */
export function readActivation(activation: Json): string {
  if (!activation.isObject) return activation.string('linear');
  const inner = activation.at('config');
  return (inner.isObject ? activation.at('class_name') : inner).string();
}
