import * as ag from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { runOn } from '../support/wasm-compare.ts';

const wasm = ag.createWasmBackend({ multiplyAdd: false });
afterAll(() => wasm.dispose());

async function evaluate(op: (x: ag.Tensor) => ag.Tensor, values: readonly number[]): Promise<ArrayLike<number>> {
  const x = ag.input('x', [values.length]);
  const arrays = { x: { data: Float32Array.from(values), shape: [values.length] } };
  const { y } = await runOn(wasm, { inputs: [x], outputs: { y: op(x) }, arrays });
  return y!.data;
}

/** `count` float32 numbers from low to high, evenly spaced. */
function spaced(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.fround(low + ((high - low) * i) / (count - 1)));
}

/** Float32 numbers of every magnitude from 1e-37 to 1e37, both signs where asked. */
function magnitudes({ negative }: { negative: boolean }): number[] {
  const positive = Array.from({ length: 3001 }, (_, i) => Math.fround(10 ** (-37 + (74 * i) / 3000)));
  return negative ? [...positive, ...positive.map((value) => -value)] : positive;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const smallestNormal = 2 ** -126;

describe('functions are within 1e-6 of float64, relative to the value', () => {
  test.each([
    { name: 'exp', op: ag.exp, exact: Math.exp, at: [...spaced(-87, 88.5, 20001), ...spaced(-1e-3, 1e-3, 999)] },
    { name: 'log', op: ag.log, exact: Math.log, at: [...magnitudes({ negative: false }), ...spaced(0.3, 3, 9999)] },
    { name: 'tanh', op: ag.tanh, exact: Math.tanh, at: [...magnitudes({ negative: true }), ...spaced(-12, 12, 20001)] },
    { name: 'sigmoid', op: ag.sigmoid, exact: sigmoid, at: [...spaced(-86, 86, 20001), ...spaced(-1, 1, 5001)] },
  ])('$name', async ({ op, exact, at }) => {
    const values = await evaluate(op, at);
    let worst = 0;
    at.forEach((x, i) => {
      const wanted = exact(x);
      if (Math.abs(wanted) < smallestNormal || Math.abs(wanted) > 3.4e38) return;
      worst = Math.max(worst, Math.abs(values[i]! - wanted) / Math.abs(wanted));
    });
    expect(worst).toBeLessThan(1e-6);
  });

  test('powers, of any base and exponent', async () => {
    const [bases, exponents] = [spaced(0.01, 30, 500), spaced(-7, 7, 500)];
    const [x, y] = [ag.input('x', [500]), ag.input('y', [500])];
    const arrays = {
      x: { data: Float32Array.from(bases), shape: [500] },
      y: { data: Float32Array.from(exponents), shape: [500] },
    };
    const { power } = await runOn(wasm, { inputs: [x, y], outputs: { power: ag.pow(x, y) }, arrays });
    for (const [i, base] of bases.entries()) expect(power!.data[i]! / base ** exponents[i]!).toBeCloseTo(1, 6);
  });
});

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

test.each([
  { name: 'exp', op: ag.exp, at: [0, -inf, inf, nan, 100, -200], is: [1, 0, inf, nan, inf, 0] },
  { name: 'log', op: ag.log, at: [0, -1, inf, nan, 1, -inf], is: [-inf, nan, inf, nan, 0, nan] },
  { name: 'tanh', op: ag.tanh, at: [0, -inf, inf, nan, 50, -50], is: [0, -1, 1, nan, 1, -1] },
  { name: 'sigmoid', op: ag.sigmoid, at: [0, -inf, inf, nan, 200, -200], is: [0.5, 0, 1, nan, 1, 0] },
  { name: 'sign', op: ag.sign, at: [0, -inf, inf, nan, 2, -3], is: [0, -1, 1, nan, 1, -1] },
])('$name of special values', async ({ op, at, is }) => {
  expect([...Array.from(await evaluate(op, at))]).toEqual(is);
});

test('log of numbers below the smallest normal one', async () => {
  const at = [1e-39, 1e-42, 2 ** -149].map(Math.fround);
  const values = await evaluate(ag.log, at);
  for (const [i, x] of at.entries()) expect(values[i]! / Math.log(x)).toBeCloseTo(1, 6);
});

test('minimum and maximum take the right operand where the left is NaN, as reference does', async () => {
  expect([...Array.from(await evaluate((x) => ag.maximum(x, 1), [nan, 2, 0]))]).toEqual([1, 2, 1]);
  expect([...Array.from(await evaluate((x) => ag.minimum(x, 1), [nan, 2, 0]))]).toEqual([1, 1, 0]);
});
