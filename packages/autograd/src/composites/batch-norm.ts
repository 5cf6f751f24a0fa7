import type { Tensor } from '../graph/tensor.ts';
import { ShapeError, sameShape, showShape } from '../shape.ts';
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

/**
 * Batch normalization with fixed statistics: gamma · (x − mean) / √(variance + epsilon) + beta, on the last axis.
 *
 * @throws ShapeError unless all parameters have one value a channel
 */
export function batchNorm(x: Tensor, options: BatchNormOptions): Tensor {
  const { mean, variance, gamma, beta, epsilon } = options;
  const channels = x.shape.slice(-1);
  for (const [name, given] of Object.entries({ mean, variance, gamma, beta })) {
    if (given && !sameShape(given.shape, channels)) {
      throw new ShapeError(`batchNorm needs a ${name} of shape ${showShape(channels)}, got ${showShape(given.shape)}`);
    }
  }
  const parameters = [gamma, beta].filter((each) => each !== undefined);
  const attrs = { epsilon, scaled: gamma !== undefined, shifted: beta !== undefined };
  return batchNormOp([x, mean, variance, ...parameters], attrs);
}
