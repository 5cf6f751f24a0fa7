import { asTensor, type Operand, type Tensor } from '../graph/tensor.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { elementwisePrimitives as primitive } from '../primitives/elementwise.ts';
import { broadcastShape } from '../shape.ts';

type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'minimum' | 'maximum';
type ComparisonOp = 'less' | 'lessEqual' | 'greater' | 'greaterEqual' | 'equal' | 'notEqual';
type UnaryOp = 'neg' | 'abs' | 'sign' | 'sqrt' | 'exp' | 'log' | 'tanh' | 'sigmoid';

function binary(name: BinaryOp | ComparisonOp) {
  return (a: Operand, b: Operand): Tensor => {
    const [x, y] = [asTensor(a), asTensor(b)];
    const shape = broadcastShape(name, x.shape, y.shape);
    return primitive[name]([broadcast(x, shape), broadcast(y, shape)], {});
  };
}

function unary(name: UnaryOp) {
  return (x: Operand): Tensor => primitive[name]([asTensor(x)], {});
}

/** a + b, elementwise; like all ops of two operands it broadcasts as numpy does. */
export const add = binary('add');
/** a − b, elementwise. */
export const sub = binary('sub');
/** a · b, elementwise. */
export const mul = binary('mul');
/** a / b, elementwise; a division by 0 gives ±Infinity or NaN, as IEEE 754 has it. */
export const div = binary('div');
/** a to the power of b; the exponent's gradient is 0 where a is not positive. */
export const pow = binary('pow');
/** The smaller operand; at a tie the gradient goes to the first, as in TensorFlow. */
export const minimum = binary('minimum');
/** The larger operand; at a tie the gradient goes to the first, as in TensorFlow. */
export const maximum = binary('maximum');

/** a < b, a `bool` tensor. Comparisons have no gradient. */
export const less = binary('less');
/** a ≤ b, a `bool` tensor. */
export const lessEqual = binary('lessEqual');
/** a > b, a `bool` tensor. */
export const greater = binary('greater');
/** a ≥ b, a `bool` tensor. */
export const greaterEqual = binary('greaterEqual');
/** a = b, a `bool` tensor. */
export const equal = binary('equal');
/** a ≠ b, a `bool` tensor. */
export const notEqual = binary('notEqual');

/** −x. */
export const neg = unary('neg');
/** |x|; its derivative at 0 is 0. */
export const abs = unary('abs');
/** −1, 0 or 1; its derivative is 0. */
export const sign = unary('sign');
/** √x. */
export const sqrt = unary('sqrt');
/** e to the power of x. */
export const exp = unary('exp');
/** Natural logarithm. */
export const log = unary('log');
/** Hyperbolic tangent. */
export const tanh = unary('tanh');
/** 1 / (1 + e^−x). */
export const sigmoid = unary('sigmoid');

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

/** `yes` where the `bool` tensor `test` holds, `no` elsewhere; all three broadcast. */
export function select(test: Tensor, yes: Operand, no: Operand): Tensor {
  const [a, b] = [asTensor(yes), asTensor(no)];
  const shape = broadcastShape('select', test.shape, broadcastShape('select', a.shape, b.shape));
  return primitive.select([broadcast(test, shape), broadcast(a, shape), broadcast(b, shape)], {});
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

/** x repeated along axes of extent 1 and along new leading axes. */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  return broadcast(x, shape);
}
