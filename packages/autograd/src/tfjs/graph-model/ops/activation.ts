import type { Tensor } from '../../../graph/tensor.ts';
import { add, batchNorm, leakyRelu, logSoftmax, prelu, softmax } from '../../../index.ts';
import { commonActivations } from '../../activations.ts';
import { functions } from '../functions.ts';
import type { OpCall, OpTable } from '../op-call.ts';

const activations = Object.fromEntries(
  Object.entries(commonActivations).map(([name, op]) => [name.charAt(0).toUpperCase() + name.slice(1), op]),
);

export const activationOps: OpTable = {
  ...functions({ ...activations, Prelu: prelu, Softmax: (x) => softmax(x), LogSoftmax: (x) => logSoftmax(x) }),
  LeakyRelu: (call) => leakyRelu(call.input(0), call.option('alpha').number(0.2)),
};

/** A step that a fused op carries out after its product; `next` hands out the inputs that follow the product's. */
type FusedStep = (x: Tensor, next: () => Tensor, call: OpCall) => Tensor;

const fusedSteps: ReadonlyMap<string, FusedStep> = new Map(
  Object.entries<FusedStep>({
    ...activations,
    LeakyRelu: (x, _, call) => leakyRelu(x, call.option('leakyrelu_alpha').number(0.2)),
    BiasAdd: (x, next) => add(x, next()),
    Prelu: (x, next) => prelu(x, next()),
    FusedBatchNorm: normalize,
  }),
);

/** Whether a name in a node's `fused_ops` is known. */
export function isFusedStep(name: string): boolean {
  return fusedSteps.has(name);
}

/** Bias, normalisation and activation of a fused node, in the order of its `fused_ops`. */
export function fusedTail(call: OpCall, product: Tensor): Tensor {
  const next = call.inputsFrom(2);
  const steps = call.option('fused_ops').list([]);
  return steps.reduce((x, step) => fusedSteps.get(step.string())!(x, next, call), product);
}

/** Batch normalization by the statistics of the file. */
export function normalize(x: Tensor, next: () => Tensor, call: OpCall): Tensor {
  const [gamma, beta, mean, variance] = [next(), next(), next(), next()];
  return batchNorm(x, { gamma, beta, mean, variance, epsilon: call.option('epsilon').number(1e-4) });
}
