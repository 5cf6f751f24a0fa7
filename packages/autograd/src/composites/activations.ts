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
import { defineComposite } from './define.ts';

type None = Readonly<Record<never, never>>;

const reluOp = defineComposite<None>(
  'relu',
  ([x]) => select(greater(x, 0), x, 0),
  ({ output }, grad) => [select(greater(output, 0), grad, 0)],
);

/** max(x, 0), elementwise. The derivative at 0 is 0, as in TensorFlow. */
export function relu(x: Tensor): Tensor {
  return reluOp([x], {});
}

const relu6Op = defineComposite<None>(
  'relu6',
  ([x]) => minimum(maximum(x, 0), 6),
  ({ output }, grad) => [select(greater(output, 0), select(less(output, 6), grad, 0), 0)],
);

/** min(max(x, 0), 6), elementwise. The derivative at 0 and at 6 is 0. */
export function relu6(x: Tensor): Tensor {
  return relu6Op([x], {});
}

const leakyReluOp = defineComposite<{ readonly alpha: number }>('leakyRelu', ([x], { alpha }) =>
  select(greater(x, 0), x, mul(x, alpha)),
);

/** x where positive, alpha · x elsewhere. */
export function leakyRelu(x: Tensor, alpha = 0.2): Tensor {
  return leakyReluOp([x], { alpha });
}

const preluOp = defineComposite<None>('prelu', ([x, alpha]) => select(greater(x, 0), x, mul(x, alpha)));

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

/** The two constants of self-normalizing networks (Klambauer et al. 2017). */
const selu_ = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };
const seluOp = defineComposite<None>('selu', ([x]) =>
  mul(select(greater(x, 0), x, mul(expMinusOne(x), selu_.alpha)), selu_.scale),
);

/** Scaled elu of self-normalizing networks. */
export function selu(x: Tensor): Tensor {
  return seluOp([x], {});
}

const softplusOp = defineComposite<None>(
  'softplus',
  ([x]) => add(maximum(x, 0), log(add(1, exp(mul(abs(x), -1))))),
  ({ inputs: [x] }, grad) => [mul(grad, sigmoid(x))],
);

/** log(1 + e^x), without overflow. */
export function softplus(x: Tensor): Tensor {
  return softplusOp([x], {});
}

const swishOp = defineComposite<None>('swish', ([x]) => mul(x, sigmoid(x)));

/** x · sigmoid(x), also called SiLU. */
export function swish(x: Tensor): Tensor {
  return swishOp([x], {});
}

const mishOp = defineComposite<None>('mish', ([x]) => mul(x, tanh(softplus(x))));

/** x · tanh(softplus(x)). */
export function mish(x: Tensor): Tensor {
  return mishOp([x], {});
}

const softsignOp = defineComposite<None>('softsign', ([x]) => div(x, add(1, abs(x))));

/** x / (1 + |x|). */
export function softsign(x: Tensor): Tensor {
  return softsignOp([x], {});
}

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

const hardSwishOp = defineComposite<None>('hardSwish', ([x]) => mul(x, hardSigmoid(x, { slope: 1 / 6 })));

/** x · hardSigmoid(x) with slope 1/6 (MobileNetV3). */
export function hardSwish(x: Tensor): Tensor {
  return hardSwishOp([x], {});
}

/** e^x − 1 for negative x; positive ones give 0, so that an unused branch cannot overflow into a NaN gradient. */
function expMinusOne(x: Tensor): Tensor {
  return sub(exp(minimum(x, 0)), 1);
}
