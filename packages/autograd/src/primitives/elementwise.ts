import { asTensor, type Operand, type Tensor } from '../graph/tensor.ts';
import { broadcastShape, ShapeError, sameShape, showShape } from '../shape.ts';
import type { BinaryName, ComparisonName, ElementwiseName, UnaryName } from './attributes.ts';
import { broadcast } from './broadcast.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { type Linearity, linearInAll, linearInChoices, linearInFirst, linearInNone, linearInOne } from './linearity.ts';

type Vjp = (node: { inputs: readonly Tensor[]; output: Tensor }, grad: Tensor) => readonly (Tensor | null)[];

/** Derivatives of functions of one value; `output` is the function's own value. */
const unaryVjps: Record<UnaryName, Vjp> = {
  neg: (_, grad) => [neg(grad)],
  abs: ({ inputs: [x] }, grad) => [mul(grad, sign(x))],
  sign: () => [null],
  sqrt: ({ output }, grad) => [div(mul(grad, 0.5), output)],
  exp: ({ output }, grad) => [mul(grad, output)],
  log: ({ inputs: [x] }, grad) => [div(grad, x)],
  tanh: ({ output }, grad) => [mul(grad, sub(1, mul(output, output)))],
  sigmoid: ({ output }, grad) => [mul(grad, mul(output, sub(1, output)))],
};

/** Derivatives of functions of two values. At a tie `minimum` and `maximum` follow the first, as TensorFlow does. */
const binaryVjps: Record<BinaryName, Vjp> = {
  add: (_, grad) => [grad, grad],
  sub: (_, grad) => [grad, neg(grad)],
  mul: ({ inputs: [x, y] }, grad) => [mul(grad, y), mul(grad, x)],
  div: ({ inputs: [, y], output }, grad) => [div(grad, y), neg(div(mul(grad, output), y))],
  pow: ({ inputs: [x, y], output }, grad) => [
    // y·x^(y−1), and exactly 0 for y = 0, where x = 0 would give 0·Infinity.
    mul(grad, select(equal(y, 0), 0, mul(y, pow(x, sub(y, 1))))),
    // x^y·log x where x > 0; 0 elsewhere, where it is not defined (as TensorFlow does).
    mul(grad, select(greater(x, 0), mul(output, log(select(greater(x, 0), x, 1))), 0)),
  ],
  minimum: ({ inputs: [x, y] }, grad) => chosen(lessEqual(x, y), grad),
  maximum: ({ inputs: [x, y] }, grad) => chosen(greaterEqual(x, y), grad),
};

const noGradient: Vjp = () => [null, null];
const comparisonVjps: Record<ComparisonName, Vjp> = {
  less: noGradient,
  lessEqual: noGradient,
  greater: noGradient,
  greaterEqual: noGradient,
  equal: noGradient,
  notEqual: noGradient,
};

/** Elementwise ops that are linear in some of their inputs. */
const linearities: Partial<Record<ElementwiseName, Linearity>> = {
  neg: linearInAll,
  add: linearInAll,
  sub: linearInAll,
  mul: linearInOne,
  div: linearInFirst,
};

function defineAll<N extends ElementwiseName>(vjps: Readonly<Record<N, Vjp>>, dtype: 'float' | 'bool') {
  const define = (name: N) => {
    const linear = linearities[name] ?? linearInNone;
    return definePrimitive<N>({ name, dtype, linear, shape: commonShape, vjp: vjps[name] });
  };
  const names = Object.keys(vjps) as N[];
  return Object.fromEntries(names.map((name) => [name, define(name)])) as unknown as {
    readonly [K in N]: Primitive<K>;
  };
}

/** Ops on tensors of one shape. */
export const elementwisePrimitives = {
  ...defineAll(unaryVjps, 'float'),
  ...defineAll(binaryVjps, 'float'),
  ...defineAll(comparisonVjps, 'bool'),
  select: definePrimitive({
    name: 'select',
    linear: linearInChoices,
    dtype: 'same',
    alike: ([, yes, no]) => [yes, no],
    shape: (inputs, attrs, op) => {
      const [test] = inputs;
      if (test.dtype === 'bool') return commonShape(inputs, attrs, op);
      throw new ShapeError(`select needs a bool to choose by, got ${test.dtype} from ${test.op}`);
    },
    vjp: ({ inputs: [test] }, grad) => [null, ...chosen(test, grad)],
  }),
};

/** Whether a primitive works on each element of tensors of one shape by itself. */
export function isElementwise({ op }: Tensor): boolean {
  return op in elementwisePrimitives;
}

/** grad where the test holds for the first input, grad where it does not for the second. */
function chosen(test: Tensor, grad: Tensor): [Tensor, Tensor] {
  return [select(test, grad, 0), select(test, 0, grad)];
}

function commonShape(inputs: readonly Tensor[], _: unknown, op: string) {
  const [{ shape }] = inputs;
  if (inputs.every((tensor) => sameShape(tensor.shape, shape))) return shape;
  throw new ShapeError(`${op} needs equal shapes, got ${inputs.map((tensor) => showShape(tensor.shape)).join(', ')}`);
}

function unary(name: UnaryName) {
  return (x: Operand): Tensor => elementwisePrimitives[name]([asTensor(x)], {});
}

function binary(name: BinaryName | ComparisonName) {
  return (a: Operand, b: Operand): Tensor => {
    const [x, y] = [asTensor(a), asTensor(b)];
    const shape = broadcastShape(name, x.shape, y.shape);
    return elementwisePrimitives[name]([broadcast(x, shape), broadcast(y, shape)], {});
  };
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

/** `yes` where the `bool` tensor `test` holds, `no` elsewhere; all three broadcast. */
export function select(test: Tensor, yes: Operand, no: Operand): Tensor {
  const operands = [test, asTensor(yes), asTensor(no)];
  const shape = operands.reduce<readonly number[]>((common, x) => broadcastShape('select', common, x.shape), []);
  return elementwisePrimitives.select(
    operands.map((x) => broadcast(x, shape)),
    {},
  );
}
