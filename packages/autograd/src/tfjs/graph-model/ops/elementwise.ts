import type { Tensor } from '../../../graph/tensor.ts';
import {
  abs,
  add,
  clamp,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  reciprocal,
  reshape,
  select,
  sign,
  sqrt,
  square,
  stopGradient,
  sub,
  toFloat,
} from '../../../index.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';

const unary =
  (op: (x: Tensor) => Tensor): OpBuilder =>
  (call) =>
    op(call.input(0));
const binary =
  (op: (a: Tensor, b: Tensor) => Tensor): OpBuilder =>
  (call) =>
    op(call.input(0), call.input(1));

export const elementwiseOps: OpTable = {
  Add: binary(add),
  AddV2: binary(add),
  AddN: (call) => call.inputs.slice(1).reduce(add, call.input(0)),
  BiasAdd: (call) => {
    call.checkLayout();
    return add(call.input(0), call.input(1));
  },
  Sub: binary(sub),
  Mul: binary(mul),
  RealDiv: binary(div),
  DivNoNan: binary((a, b) => {
    const zero = equal(b, 0);
    return select(zero, 0, div(a, select(zero, 1, b)));
  }),
  Maximum: binary(maximum),
  Minimum: binary(minimum),
  Pow: binary(pow),
  SquaredDifference: binary((a, b) => square(sub(a, b))),
  Neg: unary(neg),
  Abs: unary(abs),
  Sign: unary(sign),
  Square: unary(square),
  Sqrt: unary(sqrt),
  Rsqrt: unary((x) => reciprocal(sqrt(x))),
  Exp: unary(exp),
  Expm1: unary((x) => sub(exp(x), 1)),
  Log: unary(log),
  Log1p: unary((x) => log(add(x, 1))),
  Reciprocal: unary(reciprocal),
  Inv: unary(reciprocal),
  ClipByValue: (call) => clamp(call.input(0), call.input(1), call.input(2)),
  Less: binary(less),
  LessEqual: binary(lessEqual),
  Greater: binary(greater),
  GreaterEqual: binary(greaterEqual),
  Equal: binary(equal),
  NotEqual: binary(notEqual),
  LogicalAnd: binary(logicalAnd),
  LogicalOr: binary(logicalOr),
  LogicalNot: unary(logicalNot),
  Select: selectRows,
  SelectV2: (call) => select(call.input(0), call.input(1), call.input(2)),
  Cast: cast,
  Identity: unary((x) => x),
  IdentityN: (call) => call.inputs,
  PlaceholderWithDefault: unary((x) => x),
  Snapshot: unary((x) => x),
  EnsureShape: unary((x) => x),
  CheckNumerics: unary((x) => x),
  StopGradient: unary(stopGradient),
  PreventGradient: unary(stopGradient),
};

/** The first version of select: a test of rank 1 chooses among whole slices along the first axis. */
function selectRows(call: OpCall): Tensor {
  const [test, yes] = [call.input(0), call.input(1)];
  const shape = [...test.shape, ...Array<number>(Math.max(0, yes.shape.length - test.shape.length)).fill(1)];
  return select(test.shape.length === 1 ? reshape(test, shape) : test, yes, call.input(2));
}

const integerTypes = new Set(['DT_UINT8', 'DT_INT8', 'DT_UINT16', 'DT_INT16', 'DT_INT32', 'DT_INT64']);

/** The engine has floats and booleans; a cast to an integer rounds towards zero, which has no use as a derivative. */
function cast(call: OpCall): Tensor {
  const x = call.input(0);
  const target = call.attrs.type('DstT');
  if (target === 'DT_BOOL') return x.dtype === 'bool' ? x : notEqual(x, 0);
  if (x.dtype === 'bool') return toFloat(x);
  if (!integerTypes.has(target) || integerTypes.has(call.attrs.type('SrcT'))) return x;
  return call.fold(call.known(0).map(Math.trunc), x.shape);
}
