import type { Tensor } from '../graph/tensor.ts';
import { broadcastShape, ShapeError, sameShape, showShape } from '../shape.ts';
import {
  abs,
  add,
  div,
  exp,
  greater,
  less,
  log,
  maximum,
  minimum,
  mul,
  select,
  sigmoid,
  sub,
  tanh,
} from './arithmetic.ts';
import { defineComposite, defineFunction } from './define.ts';

/** max(x, 0), elementwise. The derivative at 0 is 0, as in TensorFlow. */
export const relu = defineFunction(
  'relu',
  (x) => select(greater(x, 0), x, 0),
  ({ output }, grad) => [select(greater(output, 0), grad, 0)],
);

/** min(max(x, 0), 6), elementwise. The derivative at 0 and at 6 is 0. */
export const relu6 = defineFunction(
  'relu6',
  (x) => minimum(maximum(x, 0), 6),
  ({ output }, grad) => [select(greater(output, 0), select(less(output, 6), grad, 0), 0)],
);

const leakyReluOp = defineComposite<{ readonly alpha: number }>('leakyRelu', ([x], { alpha }) =>
  select(greater(x, 0), x, mul(x, alpha)),
);

/** x where positive, alpha · x elsewhere. */
export function leakyRelu(x: Tensor, alpha = 0.2): Tensor {
  return leakyReluOp([x], { alpha });
}

const preluOp = defineComposite<object>('prelu', ([x, alpha]) => select(greater(x, 0), x, mul(x, alpha)));

/** x where positive, alpha · x elsewhere, with a learned alpha that broadcasts to x. */
export function prelu(x: Tensor, alpha: Tensor): Tensor {
  if (!sameShape(broadcastShape('prelu', x.shape, alpha.shape), x.shape)) {
    throw new ShapeError(
      `prelu needs an alpha that broadcasts to ${showShape(x.shape)}, got ${showShape(alpha.shape)}`,
    );
  }
  return preluOp([x, alpha], {});
}

const eluOp = defineComposite<{ readonly alpha: number }>('elu', ([x], { alpha }) =>
  select(greater(x, 0), x, mul(expMinusOne(x), alpha)),
);

/** x where positive, alpha · (e^x − 1) elsewhere. */
export function elu(x: Tensor, alpha = 1): Tensor {
  return eluOp([x], { alpha });
}

/** Scaled elu of self-normalizing networks, with the two constants of Klambauer et al. 2017. */
export const selu = defineFunction('selu', (x) =>
  mul(select(greater(x, 0), x, mul(expMinusOne(x), 1.6732632423543772)), 1.0507009873554805),
);

/** log(1 + e^x), without overflow. */
export const softplus = defineFunction(
  'softplus',
  (x) => add(maximum(x, 0), log(add(1, exp(mul(abs(x), -1))))),
  ({ inputs: [x] }, grad) => [mul(grad, sigmoid(x))],
);

/** x · sigmoid(x), also called SiLU. */
export const swish = defineFunction('swish', (x) => mul(x, sigmoid(x)));

/** x · tanh(softplus(x)). */
export const mish = defineFunction('mish', (x) => mul(x, tanh(softplus(x))));

/** x / (1 + |x|). */
export const softsign = defineFunction('softsign', (x) => div(x, add(1, abs(x))));

interface Line {
  readonly slope: number;
  readonly offset: number;
}
const hardSigmoidOp = defineComposite<Line>('hardSigmoid', ([x], { slope, offset }) => {
  const line = add(mul(x, slope), offset);
  return select(greater(line, 0), select(less(line, 1), line, 1), 0);
});

/** slope · x + offset limited to [0, 1]. Keras 2 has 0.2 and 0.5 (the default), torch and Keras 3 have 1/6 and 0.5. */
export function hardSigmoid(x: Tensor, { slope = 0.2, offset = 0.5 }: Partial<Line> = {}): Tensor {
  return hardSigmoidOp([x], { slope, offset });
}

/** x · hardSigmoid(x) with slope 1/6 (MobileNetV3). */
export const hardSwish = defineFunction('hardSwish', (x) => mul(x, hardSigmoid(x, { slope: 1 / 6 })));

/** e^x − 1 for negative x; positive ones give 0, so that an unused branch cannot overflow into a NaN gradient. */
function expMinusOne(x: Tensor): Tensor {
  return sub(exp(minimum(x, 0)), 1);
}
