import type { Tensor } from '../graph/tensor.ts';
import { add, div, mul, sqrt, sub } from './arithmetic.ts';
import { defineComposite } from './define.ts';

export interface BatchNormOptions {
  /** Statistics and parameters, one value a channel: `[c]`. */
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly gamma?: Tensor;
  readonly beta?: Tensor;
  /** Added to the variance. */
  readonly epsilon: number;
}
interface BatchNormAttrs {
  readonly epsilon: number;
  readonly scaled: boolean;
  readonly shifted: boolean;
}

const batchNormOp = defineComposite<BatchNormAttrs>('batchNorm', ([x, mean, variance, ...rest], attrs) => {
  const deviation = sqrt(add(variance, attrs.epsilon));
  const scale = attrs.scaled ? div(rest[0], deviation) : div(1, deviation);
  const beta = attrs.shifted ? rest[rest.length - 1] : 0;
  return add(mul(x, scale), sub(beta, mul(mean, scale)));
});

/** Batch normalization with fixed statistics: gamma · (x − mean) / √(variance + epsilon) + beta, on the last axis. */
export function batchNorm(x: Tensor, { mean, variance, gamma, beta, epsilon }: BatchNormOptions): Tensor {
  const parameters = [gamma, beta].filter((each) => each !== undefined);
  const attrs = { epsilon, scaled: gamma !== undefined, shifted: beta !== undefined };
  return batchNormOp([x, mean, variance, ...parameters], attrs);
}
