import {
  add,
  compile,
  constant,
  customGradient,
  gradient,
  greater,
  input,
  mul,
  select,
  square,
  sum,
  type Tensor,
} from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { startBackends } from '../support/backends.ts';
import { numbers, vector } from '../support/numbers.ts';
import { planInterpreter } from '../support/plan-interpreter.ts';

const { ran } = await startBackends();
afterAll(() => ran.forEach(({ backend }) => void backend.dispose()));
const backends = [...ran.map(({ backend }) => backend), planInterpreter({ fuses: true })];

/** 1 above one half, 0 below, and the gradient passes as if it were x. */
const straightThrough = customGradient(
  (x) => select(greater(x!, 0.5), 1, 0),
  (_, grad) => [grad],
);

/** a · b, whose gradients come back doubled and swapped in sign. */
const oddProduct = customGradient(
  (a, b) => mul(a!, b!),
  ({ inputs: [a, b] }, grad) => [mul(mul(grad, b!), 2), mul(mul(grad, a!), -1)],
);

describe.each(backends)('customGradient on $name', (backend) => {
  test('computes forward, and backward as it was told', async () => {
    const x = input('x', [4]);
    const y = mul(square(straightThrough(x)), vector(1, 2, 3, 4));
    const [slope] = gradient(y, [x]);
    const program = compile({ inputs: [x], outputs: { y, slope } }, backend);
    const results = await program.run({ x: { data: [0.2, 0.7, 0.5, 9], shape: [4] } });
    expect(Array.from(results.y.data)).toEqual([0, 2, 0, 4]);
    expect(Array.from(results.slope.data)).toEqual([0, 4, 0, 8]);
    program.dispose();
  });

  test('of two inputs sits in the middle of a larger graph', async () => {
    const [a, b] = [input('a', [2]), input('b', [2])];
    const y = sum(mul(oddProduct(square(a), b), 10));
    const [byA, byB] = gradient(y, [a, b]);
    const program = compile({ inputs: [a, b], outputs: { y, byA, byB } }, backend);
    const results = await program.run({ a: { data: [1, 2], shape: [2] }, b: { data: [3, -1], shape: [2] } });
    expect(Array.from(results.y.data)).toEqual([-10]);
    expect(Array.from(results.byA.data)).toEqual([10 * 2 * 3 * 2, 10 * 2 * -1 * 4]);
    expect(Array.from(results.byB.data)).toEqual([-10, -40]);
    program.dispose();
  });
});

describe('customGradient', () => {
  test('gives gradients that can be differentiated again', () => {
    const x = vector(3);
    const cubed = customGradient(
      (each) => mul(each!, square(each!)),
      ({ inputs: [each] }, grad) => [mul(grad, square(each!))],
    );
    const [first] = gradient(cubed(x), [x]);
    expect(numbers(first)).toEqual([9]);
    expect(numbers(gradient(first, [x])[0])).toEqual([6]);
  });

  test('lets nothing flow to an input whose gradient is null', () => {
    const [a, b] = [vector(2), vector(3)];
    const half = customGradient(
      (x, y) => add(x!, y!),
      (_, grad) => [grad, null],
    );
    expect(gradient(half(a, b), [a, b]).map(numbers)).toEqual([[1], [0]]);
  });

  test('yields to a rule for its name', () => {
    const x = vector(2);
    const rules = { customGradient: (_: unknown, grad: Tensor) => [mul(grad, 100)] };
    expect(numbers(gradient(straightThrough(x), [x], { rules })[0])).toEqual([100]);
  });

  test('keeps two ops apart that differ in their functions only', () => {
    const x = vector(2);
    const make = (factor: number) =>
      customGradient(
        (each) => mul(each!, factor),
        (_, grad) => [mul(grad, -factor)],
      );
    expect(numbers(gradient(make(3)(x), [x])[0])).toEqual([-3]);
    expect(numbers(gradient(make(5)(x), [x])[0])).toEqual([-5]);
  });

  test('refuses a gradient of the wrong shape', () => {
    const x = constant({ data: [1, 2, 3, 4], shape: [2, 2] });
    const wrong = customGradient(
      (each) => square(each!),
      (_, grad) => [sum(grad, { axes: 0 })],
    );
    expect(() => gradient(wrong(x), [x])).toThrow(
      'the derivative of customGradient by input 0 needs shape [2, 2], got [2]',
    );
  });

  test('refuses a gradient too few', () => {
    const [a, b] = [vector(1), vector(2)];
    const wrong = customGradient(
      (x, y) => mul(x!, y!),
      (_, grad) => [grad],
    );
    expect(() => gradient(wrong(a, b), [a, b])).toThrow(
      'the derivative of customGradient needs one gradient for each of 2 inputs, got 1',
    );
  });

  test('needs an input', () => {
    expect(() => straightThrough()).toThrow('customGradient needs at least one input');
  });
});
