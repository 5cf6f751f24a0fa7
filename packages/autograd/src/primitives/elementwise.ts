import type { Tensor } from '../graph/tensor.ts';
import { ShapeError, sameShape, showShape } from '../shape.ts';
import type { BinaryName, ComparisonName, ElementwiseName, UnaryName } from './attributes.ts';
import { fill } from './broadcast.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { type Linearity, linearInAll, linearInChoices, linearInFirst, linearInOne } from './linearity.ts';

type Vjp = (node: { x: Tensor; y: Tensor; output: Tensor; grad: Tensor }) => readonly (Tensor | null)[];

/** Derivatives of functions of one value; `output` is the function's own value. */
const unaryVjps: Record<UnaryName, Vjp> = {
  neg: ({ grad }) => [neg(grad)],
  abs: ({ x, grad }) => [mul(grad, sign(x))],
  sign: () => [null],
  sqrt: ({ output, grad }) => [div(mul(grad, fill(0.5, grad.shape)), output)],
  exp: ({ output, grad }) => [mul(grad, output)],
  log: ({ x, grad }) => [div(grad, x)],
  tanh: ({ output, grad }) => [mul(grad, sub(fill(1, grad.shape), mul(output, output)))],
  sigmoid: ({ output, grad }) => [mul(grad, mul(output, sub(fill(1, grad.shape), output)))],
};

/** Derivatives of functions of two values. At a tie `minimum` and `maximum` follow the first, as TensorFlow does. */
const binaryVjps: Record<BinaryName, Vjp> = {
  add: ({ grad }) => [grad, grad],
  sub: ({ grad }) => [grad, neg(grad)],
  mul: ({ x, y, grad }) => [mul(grad, y), mul(grad, x)],
  div: ({ y, output, grad }) => [div(grad, y), neg(div(mul(grad, output), y))],
  pow: ({ x, y, output, grad }) => [powBaseGradient(x, y, grad), powExponentGradient(x, output, grad)],
  minimum: ({ x, y, grad }) => chosen(lessEqual(x, y), grad),
  maximum: ({ x, y, grad }) => chosen(greaterEqual(x, y), grad),
};

const comparisonNames = [
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
  'equal',
  'notEqual',
] as const satisfies readonly ComparisonName[];

interface ElementwiseSpec {
  readonly arity: number;
  readonly vjp: Vjp;
  readonly dtype?: 'bool';
}

/** Elementwise ops that are linear in some of their inputs. */
const linearities: Partial<Record<ElementwiseName, Linearity>> = {
  neg: linearInAll,
  add: linearInAll,
  sub: linearInAll,
  mul: linearInOne,
  div: linearInFirst,
};

function elementwise<N extends ElementwiseName>(name: N, { arity, vjp, dtype }: ElementwiseSpec): Primitive<N> {
  const linear = linearities[name];
  return definePrimitive<N>({
    name,
    arity,
    ...(dtype && { dtype }),
    ...(linear && { linear }),
    shape: (inputs) => commonShape(name, inputs),
    vjp: ({ inputs: [x, y], output, grad }) => vjp({ x, y, output, grad }),
  });
}

function table<N extends ElementwiseName>(names: readonly N[], make: (name: N) => Primitive<N>) {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as unknown as { readonly [K in N]: Primitive<K> };
}

const unary = table(Object.keys(unaryVjps) as UnaryName[], (name) =>
  elementwise(name, { arity: 1, vjp: unaryVjps[name] }),
);
const binary = table(Object.keys(binaryVjps) as BinaryName[], (name) =>
  elementwise(name, { arity: 2, vjp: binaryVjps[name] }),
);
const comparison = table(comparisonNames, (name) =>
  elementwise(name, { arity: 2, vjp: () => [null, null], dtype: 'bool' }),
);

const selectOp = definePrimitive({
  name: 'select',
  arity: 3,
  linear: linearInChoices,
  dtype: 'same',
  alike: ([, yes, no]) => [yes, no],
  shape: (inputs) => {
    const [test] = inputs;
    if (test.dtype !== 'bool')
      throw new ShapeError(`select needs a bool to choose by, got ${test.dtype} from ${test.op}`);
    return commonShape('select', inputs);
  },
  vjp: ({ inputs: [test], grad }) => [null, ...chosen(test, grad)],
});

/** Elementwise ops on tensors of one shape; `ops/arithmetic.ts` has the ones that broadcast. */
export const neg = (x: Tensor): Tensor => unary.neg([x], {});
const sign = (x: Tensor): Tensor => unary.sign([x], {});
const log = (x: Tensor): Tensor => unary.log([x], {});
export const add = (x: Tensor, y: Tensor): Tensor => binary.add([x, y], {});
const sub = (x: Tensor, y: Tensor): Tensor => binary.sub([x, y], {});
export const mul = (x: Tensor, y: Tensor): Tensor => binary.mul([x, y], {});
export const div = (x: Tensor, y: Tensor): Tensor => binary.div([x, y], {});
const pow = (x: Tensor, y: Tensor): Tensor => binary.pow([x, y], {});
const lessEqual = (x: Tensor, y: Tensor): Tensor => comparison.lessEqual([x, y], {});
const greater = (x: Tensor, y: Tensor): Tensor => comparison.greater([x, y], {});
const greaterEqual = (x: Tensor, y: Tensor): Tensor => comparison.greaterEqual([x, y], {});
export const equal = (x: Tensor, y: Tensor): Tensor => comparison.equal([x, y], {});
export const select = (test: Tensor, yes: Tensor, no: Tensor): Tensor => selectOp([test, yes, no], {});

export const elementwisePrimitives = { ...unary, ...binary, ...comparison, select: selectOp };

/** grad where the test holds for the first input, grad where it does not for the second. */
function chosen(test: Tensor, grad: Tensor): [Tensor, Tensor] {
  const zero = fill(0, grad.shape);
  return [select(test, grad, zero), select(test, zero, grad)];
}

/** y·x^(y−1), and exactly 0 for y = 0, where x = 0 would give 0·Infinity. */
function powBaseGradient(x: Tensor, y: Tensor, grad: Tensor): Tensor {
  const zero = fill(0, x.shape);
  const slope = mul(y, pow(x, sub(y, fill(1, y.shape))));
  return mul(grad, select(equal(y, zero), zero, slope));
}

/** x^y·log x where x > 0; 0 elsewhere, where it is not defined (as TensorFlow does). */
function powExponentGradient(x: Tensor, output: Tensor, grad: Tensor): Tensor {
  const zero = fill(0, x.shape);
  const positive = greater(x, zero);
  return mul(grad, select(positive, mul(output, log(select(positive, x, fill(1, x.shape)))), zero));
}

function commonShape(op: string, inputs: readonly Tensor[]) {
  const [first] = inputs;
  if (inputs.every(({ shape }) => sameShape(shape, first.shape))) return first.shape;
  throw new ShapeError(`${op} needs equal shapes, got ${inputs.map(({ shape }) => showShape(shape)).join(', ')}`);
}
