import type { Tensor } from '../../../graph/tensor.ts';
import {
  add,
  batchNorm,
  elu,
  leakyRelu,
  logSoftmax,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  softsign,
  tanh,
} from '../../../index.ts';
import { quote } from '../../json.ts';
import type { OpCall, OpTable } from '../op-call.ts';

const activations: ReadonlyMap<string, (x: Tensor) => Tensor> = new Map([
  ['Relu', relu],
  ['Relu6', relu6],
  ['Elu', (x) => elu(x)],
  ['Selu', selu],
  ['Sigmoid', sigmoid],
  ['Tanh', tanh],
  ['Softplus', softplus],
  ['Softsign', softsign],
]);

export const activationOps: OpTable = {
  ...Object.fromEntries([...activations].map(([name, op]) => [name, (call: OpCall) => op(call.input(0))])),
  LeakyRelu: (call) => leakyRelu(call.input(0), call.attrs.float('alpha', 0.2)),
  Prelu: (call) => prelu(call.input(0), call.input(1)),
  Softmax: (call) => softmax(call.input(0)),
  LogSoftmax: (call) => logSoftmax(call.input(0)),
};

/** A step that a fused op may carry out after its product; it takes what it needs from the extra inputs. */
type FusedStep = (call: OpCall, x: Tensor, extra: Tensor[]) => Tensor;

const fusedSteps: ReadonlyMap<string, FusedStep> = new Map<string, FusedStep>([
  ...[...activations].map(([name, op]): [string, FusedStep] => [name, (_, x) => op(x)]),
  ['LeakyRelu', (call, x) => leakyRelu(x, call.attrs.float('leakyrelu_alpha', 0.2))],
  ['BiasAdd', (call, x, extra) => add(x, nextInput(call, extra))],
  ['Prelu', (call, x, extra) => prelu(x, nextInput(call, extra))],
  ['FusedBatchNorm', fusedNormalization],
]);

function fusedNormalization(call: OpCall, x: Tensor, extra: Tensor[]): Tensor {
  const [gamma, beta, mean, variance] = [0, 1, 2, 3].map(() => nextInput(call, extra));
  return batchNorm(x, { gamma, beta, mean, variance, epsilon: call.attrs.float('epsilon', 1e-4) });
}

/** Whether a name in a node's `fused_ops` is known. */
export function isFusedStep(name: string): boolean {
  return fusedSteps.has(name);
}

/** Bias, normalisation and activation of a fused node, in the order of its `fused_ops`. */
export function fusedTail(call: OpCall, product: Tensor): Tensor {
  const extra = call.inputs.slice(2);
  return call.attrs.strings('fused_ops').reduce((x, name) => fusedSteps.get(name)!(call, x, extra), product);
}

function nextInput(call: OpCall, extra: Tensor[]): Tensor {
  const tensor = extra.shift();
  if (!tensor) throw call.error(`has fewer inputs than its fused_ops ${quote(call.attrs.strings('fused_ops'))} take`);
  return tensor;
}
