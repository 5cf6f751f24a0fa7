import type { Operand, Tensor } from '../graph/tensor.ts';
import { add, div, equal, greater, maximum, minimum, mul, select } from '../primitives/elementwise.ts';

export { broadcast as broadcastTo } from '../primitives/broadcast.ts';
export {
  abs,
  add,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  select,
  sigmoid,
  sign,
  sqrt,
  sub,
  tanh,
} from '../primitives/elementwise.ts';

/** x · x. */
export function square(x: Operand): Tensor {
  return mul(x, x);
}

/** 1 / x. */
export function reciprocal(x: Operand): Tensor {
  return div(1, x);
}

/** x limited to [low, high]; the gradient passes inside and at both ends, as in TensorFlow. */
export function clamp(x: Tensor, low: Operand, high: Operand): Tensor {
  return minimum(maximum(x, low), high);
}

/** 1 where a `bool` tensor holds, 0 elsewhere; a `float` tensor as it is. */
export function toFloat(x: Tensor): Tensor {
  return x.dtype === 'float' ? x : select(x, 1, 0);
}

/** Not x, for `bool` tensors. */
export function logicalNot(x: Tensor): Tensor {
  return equal(toFloat(x), 0);
}

/** a and b, for `bool` tensors. */
export function logicalAnd(a: Tensor, b: Tensor): Tensor {
  return greater(mul(toFloat(a), toFloat(b)), 0);
}

/** a or b, for `bool` tensors. */
export function logicalOr(a: Tensor, b: Tensor): Tensor {
  return greater(add(toFloat(a), toFloat(b)), 0);
}
