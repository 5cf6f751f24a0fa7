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
import type { Json } from '../../json.ts';
import { functions } from '../functions.ts';
import type { OpCall, OpTable } from '../op-call.ts';

/** Ops that are one function of their inputs, of as many as the function takes. */
const functionOps = functions({
  Add: add,
  AddV2: add,
  Sub: sub,
  Mul: mul,
  RealDiv: div,
  DivNoNan: (a, b) => {
    const zero = equal(b, 0);
    return select(zero, 0, div(a, select(zero, 1, b)));
  },
  Maximum: maximum,
  Minimum: minimum,
  Pow: pow,
  SquaredDifference: (a, b) => square(sub(a, b)),
  Neg: neg,
  Abs: abs,
  Sign: sign,
  Square: square,
  Sqrt: sqrt,
  Rsqrt: (x) => reciprocal(sqrt(x)),
  Exp: exp,
  Expm1: (x) => sub(exp(x), 1),
  Log: log,
  Log1p: (x) => log(add(x, 1)),
  Reciprocal: reciprocal,
  Inv: reciprocal,
  ClipByValue: clamp,
  Less: less,
  LessEqual: lessEqual,
  Greater: greater,
  GreaterEqual: greaterEqual,
  Equal: equal,
  NotEqual: notEqual,
  LogicalAnd: logicalAnd,
  LogicalOr: logicalOr,
  LogicalNot: logicalNot,
  Select: selectRows,
  SelectV2: select,
  Identity: identity,
  PlaceholderWithDefault: identity,
  Snapshot: identity,
  EnsureShape: identity,
  CheckNumerics: identity,
  StopGradient: stopGradient,
  PreventGradient: stopGradient,
});

export const elementwiseOps: OpTable = {
  ...functionOps,
  AddN: (call) => call.inputs.slice(1).reduce(add, call.input(0)),
  BiasAdd: (call) => {
    call.checkLayout();
    return add(call.input(0), call.input(1));
  },
  Cast: cast,
  IdentityN: (call) => call.inputs,
};

function identity(x: Tensor): Tensor {
  return x;
}

/** The first version of select: a test of rank 1 chooses among whole slices along the first axis. */
function selectRows(test: Tensor, yes: Tensor, no: Tensor): Tensor {
  if (test.shape.length !== 1) return select(test, yes, no);
  const ones = yes.shape.slice(1).map(() => 1);
  return select(reshape(test, [...test.shape, ...ones]), yes, no);
}

/** Whether the dtype in an attribute is one of integers; some files have numbers in place of names. */
export function isInteger(dtype: Json): boolean {
  return /^(DT_U?INT\d+|[34569]|17)$/.test(dtype.string('DT_FLOAT'));
}

/** The engine has floats and booleans; a cast to an integer rounds towards zero, which has no use as a derivative. */
function cast(call: OpCall): Tensor {
  const x = call.input(0);
  const target = call.option('DstT');
  if (/^(DT_BOOL|10)$/.test(target.string('DT_FLOAT'))) return x.dtype === 'bool' ? x : notEqual(x, 0);
  if (x.dtype === 'bool') return toFloat(x);
  return isInteger(target) && !isInteger(call.option('SrcT')) ? call.fold(call.known(0).map(Math.trunc), x.shape) : x;
}
