import { constant, type Tensor } from '../graph/tensor.ts';
import { checkSameShape } from '../shape.ts';
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

const batchNormOp = defineComposite<{ readonly epsilon: number }>(
  'batchNorm',
  ([x, mean, variance, gamma, beta], { epsilon }) => {
    const scale = div(gamma, sqrt(add(variance, epsilon)));
    return add(mul(x, scale), sub(beta, mul(mean, scale)));
  },
);

/**
 * Batch normalization with fixed statistics: gamma · (x − mean) / √(variance + epsilon) + beta, on the last axis.
 *
 * @throws ShapeError unless all parameters have one value a channel
 */
export function batchNorm(x: Tensor, { mean, variance, gamma, beta, epsilon }: BatchNormOptions): Tensor {
  for (const [name, given] of Object.entries({ mean, variance, gamma, beta })) {
    if (given) checkSameShape(`batchNorm needs a ${name}`, given.shape, x.shape.slice(-1));
  }
  return batchNormOp([x, mean, variance, gamma ?? constant(1), beta ?? constant(0)], { epsilon });
}
