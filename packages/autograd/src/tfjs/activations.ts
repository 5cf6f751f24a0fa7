import type { Tensor } from '../graph/tensor.ts';
import { elu, relu, relu6, selu, sigmoid, softplus, softsign, tanh } from '../index.ts';

/** Activations that both formats have, by their names in Keras; the ops of graphs have the same names with a capital. */
export const commonActivations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  relu,
  relu6,
  elu: (x) => elu(x),
  selu,
  softplus,
  softsign,
  tanh,
  sigmoid,
};
