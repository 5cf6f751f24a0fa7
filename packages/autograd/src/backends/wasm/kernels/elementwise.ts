import type { ComparisonName, ElementwiseName } from '../../../primitives/attributes.ts';
import type { Code } from '../writer/code.ts';
import { set } from '../writer/function-writer.ts';
import { call, f32, f32x4, f64, type Lane, v128 } from '../writer/instructions.ts';
import { comparisons, isComparison } from './conditions.ts';
import { functionIndex } from './functions.ts';
import type { KernelWriter } from './kernel-writer.ts';

/** Four lanes on the stack: floats, or a mask of all ones and all zeros, which is how a `bool` is worked with. */
export interface ChainValue {
  readonly kind: 'float' | 'mask';
  /** May be used twice only when it is short: a literal or a local. */
  readonly code: Code;
  /** The number in every lane, where it is known. */
  readonly literal?: number;
}

type Write = (f: KernelWriter, args: readonly ChainValue[]) => ChainValue;
type Vector = (...args: Code[]) => Code;

const float = (code: Code): ChainValue => ({ kind: 'float', code });
const mask = (code: Code): ChainValue => ({ kind: 'mask', code });

/** The value as floats, `bool` as 1 and 0: the form in which memory holds it. */
export function asFloat(f: KernelWriter, { kind, code }: ChainValue): Code {
  return kind === 'float' ? code : v128.and(code, f.constant(1));
}

function asMask(f: KernelWriter, { kind, code }: ChainValue): Code {
  return kind === 'mask' ? code : f32x4.notEqual(code, f.constant(0));
}

const arithmetic =
  (instruction: Vector): Write =>
  (f, args) =>
    float(instruction(...args.map((arg) => asFloat(f, arg))));
const helper = (name: 'exp' | 'log' | 'tanh' | 'sigmoid'): Write => arithmetic((x) => call(functionIndex(name), x));

/** ±1 with the sign of x where |x| > 0; x itself where it is ±0 or NaN. */
const sign: Write = (f, [arg]) => {
  const x = f.local('v128');
  const signed = v128.or(v128.and(x.get, f.constant(-0)), f.constant(1));
  const isSigned = f32x4.greater(f32x4.abs(x.get), f.constant(0));
  return float([set(x, asFloat(f, arg)), v128.select(isSigned, signed, x.get)]);
};

/** Squares are multiplied out; other powers are the host's, lane by lane, in float64. */
const pow: Write = (f, [base, exponent]) => {
  const [x, y] = f.locals('v128', 2);
  if (exponent.literal === 2) return float([set(x, asFloat(f, base)), f32x4.mul(x.get, x.get)]);
  const wide = (vector: Code, lane: Lane) => f64.fromF32(f32x4.extract(vector, lane));
  const lanes = ([0, 1, 2, 3] as const).reduce<Code>((result, lane) => {
    const power = call(functionIndex('pow'), [wide(x.get, lane), wide(y.get, lane)]);
    return f32x4.replace(result, lane, f32.fromF64(power));
  }, x.get);
  return float([set(x, asFloat(f, base)), set(y, asFloat(f, exponent)), lanes]);
};

const select: Write = (f, [test, yes, no]) => {
  const chosen = asMask(f, test);
  if (yes.kind === 'mask' || no.kind === 'mask') return mask(v128.select(chosen, asMask(f, yes), asMask(f, no)));
  if (no.literal === 0) return float(v128.and(yes.code, chosen));
  if (yes.literal === 0) return float(v128.andNot(no.code, chosen));
  return float(v128.select(chosen, yes.code, no.code));
};

const table: Record<Exclude<ElementwiseName, ComparisonName>, Write> = {
  add: arithmetic(f32x4.add),
  sub: arithmetic(f32x4.sub),
  mul: arithmetic(f32x4.mul),
  div: arithmetic(f32x4.div),
  pow,
  // Operands are swapped so that a NaN on the left gives the right operand, as `x <= y ? x : y` does.
  minimum: arithmetic((x, y) => f32x4.pseudoMin(y, x)),
  maximum: arithmetic((x, y) => f32x4.pseudoMax(y, x)),
  neg: arithmetic(f32x4.neg),
  abs: arithmetic(f32x4.abs),
  sign,
  sqrt: arithmetic(f32x4.sqrt),
  exp: helper('exp'),
  log: helper('log'),
  tanh: helper('tanh'),
  sigmoid: helper('sigmoid'),
  select,
};

/** Writes one elementwise op on four lanes. */
export function elementwiseCode(f: KernelWriter, op: ElementwiseName, args: readonly ChainValue[]): ChainValue {
  if (!isComparison(op)) return table[op](f, args);
  const [left, right] = args.map((arg) => asFloat(f, arg));
  return mask(comparisons[op](left, right));
}
