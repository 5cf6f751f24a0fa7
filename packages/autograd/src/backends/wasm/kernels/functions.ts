import type { Code } from '../writer/code.ts';
import { FunctionWriter, set, type WasmFunction } from '../writer/function-writer.ts';
import { call, f32x4, i32x4, v128 } from '../writer/instructions.ts';
import type { ImportedFunction } from '../writer/module.ts';

/** What every module imports beside its memory: powers are rare, and the host's are exact to float64. */
export const hostFunctions: readonly ImportedFunction[] = [
  { name: 'pow', parameters: ['f64', 'f64'], results: ['f64'] },
];

/**
 * Functions on four float32 lanes, within a few units of the last place. Polynomials and range reductions are those of
 * the Cephes library (Moshier 1984-2000, single precision).
 */
const laneFunctions = { exp: writeExp, log: writeLog, tanh: writeTanh, sigmoid: writeSigmoid };

type FunctionName = 'pow' | keyof typeof laneFunctions;
const names = [...hostFunctions.map(({ name }) => name), ...Object.keys(laneFunctions)];

/** Number of a function in every module of this backend: host functions first, then lane functions, then kernels. */
export function functionIndex(name: FunctionName): number {
  return names.indexOf(name);
}

/** The functions that come before the kernels in every module. */
export function writeLaneFunctions(): WasmFunction[] {
  return Object.values(laneFunctions).map((write) => {
    const f = new FunctionWriter({ parameters: ['v128'], results: ['v128'] });
    return f.finish(write(f, f.parameters[0].get));
  });
}

/** Horner's rule, highest coefficient first; `x` must be cheap to repeat. */
function polynomial(f: FunctionWriter, x: Code, coefficients: readonly number[]): Code {
  return coefficients
    .map((coefficient) => f.constant(coefficient))
    .reduce((sum, coefficient) => f32x4.add(f32x4.mul(sum, x), coefficient));
}

/** e^x = 2^n · e^r with r within ±ln 2 / 2. 2^n is applied in two halves, so that both ends of the range come out right. */
function writeExp(f: FunctionWriter, x: Code): Code {
  const [n, r, power] = f.locals('v128', 3);
  const limited = f32x4.max(f32x4.min(x, f.constant(89)), f.constant(-104));
  const coefficients = [
    1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
  ];
  const half = i32x4.shiftRight(i32x4.fromFloats(n.get), 1);
  const rest = i32x4.sub(i32x4.fromFloats(n.get), half);
  const powerOfTwo = (exponent: Code) => i32x4.shiftLeft(i32x4.add(exponent, f.lanes(repeated(127))), 23);
  return [
    set(r, limited),
    set(n, f32x4.nearest(f32x4.mul(r.get, f.constant(Math.LOG2E)))),
    // ln 2 in two parts: n times the first one is exact.
    set(r, f32x4.sub(r.get, f32x4.mul(n.get, f.constant(0.693359375)))),
    set(r, f32x4.add(r.get, f32x4.mul(n.get, f.constant(2.1219444e-4)))),
    set(power, f32x4.mul(f32x4.mul(r.get, r.get), polynomial(f, r.get, coefficients))),
    set(power, f32x4.add(f32x4.add(power.get, r.get), f.constant(1))),
    f32x4.mul(f32x4.mul(power.get, powerOfTwo(half)), powerOfTwo(rest)),
  ];
}

/** log x = e · ln 2 + log m with m from √½ to √2. */
function writeLog(f: FunctionWriter, x: Code): Code {
  const [scaled, exponent, m, z, value, isSmall] = f.locals('v128', 6);
  const smallestNormal = 2 ** -126;
  const coefficients = [
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]; // biome-ignore format: a row of coefficients
  const below = f32x4.less(m.get, f.constant(Math.SQRT1_2));
  const fraction = v128.and(scaled.get, f.lanes(repeated(0x807fffff)));
  return [
    set(isSmall, f32x4.less(x, f.constant(smallestNormal))),
    set(scaled, v128.select(isSmall.get, f32x4.mul(x, f.constant(2 ** 23)), x)),
    set(exponent, f32x4.fromIntegers(i32x4.sub(i32x4.shiftRight(scaled.get, 23), f.lanes(repeated(126))))),
    set(exponent, f32x4.sub(exponent.get, v128.and(f.constant(23), isSmall.get))),
    set(m, v128.or(fraction, f.constant(0.5))),
    set(z, below),
    set(exponent, f32x4.sub(exponent.get, v128.and(f.constant(1), z.get))),
    set(m, f32x4.sub(f32x4.add(m.get, v128.and(m.get, z.get)), f.constant(1))),
    set(z, f32x4.mul(m.get, m.get)),
    set(value, f32x4.mul(f32x4.mul(polynomial(f, m.get, coefficients), z.get), m.get)),
    set(value, f32x4.add(value.get, f32x4.mul(exponent.get, f.constant(-2.1219444e-4)))),
    set(value, f32x4.sub(value.get, f32x4.mul(z.get, f.constant(0.5)))),
    set(value, f32x4.add(f32x4.add(m.get, value.get), f32x4.mul(exponent.get, f.constant(0.693359375)))),
    // Zero, infinity, and what has no logarithm.
    set(value, v128.select(f32x4.equal(x, f.constant(Infinity)), x, value.get)),
    set(value, v128.select(f32x4.equal(x, f.constant(0)), f.constant(-Infinity), value.get)),
    v128.select(f32x4.greaterEqual(x, f.constant(0)), value.get, f.constant(Number.NaN)),
  ];
}

/** A polynomial near 0, where 1 − 2 / (e^2|x| + 1) would cancel. */
function writeTanh(f: FunctionWriter, x: Code): Code {
  const [size, square, near, far] = f.locals('v128', 4);
  const coefficients = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];
  const power = call(functionIndex('exp'), f32x4.add(size.get, size.get));
  return [
    set(size, f32x4.abs(x)),
    set(square, f32x4.mul(x, x)),
    set(near, f32x4.add(x, f32x4.mul(f32x4.mul(x, square.get), polynomial(f, square.get, coefficients)))),
    set(far, f32x4.sub(f.constant(1), f32x4.div(f.constant(2), f32x4.add(power, f.constant(1))))),
    set(far, v128.or(far.get, v128.and(x, f.constant(-0)))),
    v128.select(f32x4.less(size.get, f.constant(0.625)), near.get, far.get),
  ];
}

function writeSigmoid(f: FunctionWriter, x: Code): Code {
  return f32x4.div(f.constant(1), f32x4.add(f.constant(1), call(functionIndex('exp'), f32x4.neg(x))));
}

function repeated(bits: number): number[] {
  return [bits, bits, bits, bits];
}
