import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  add,
  compile,
  constant,
  defineComposite,
  gradient,
  input,
  leakyRelu,
  mul,
  neg,
  referenceBackend,
  relu,
  sum,
  type Tensor,
  topologicalOrder,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { numbers, vector } from '../support/numbers.ts';

describe('equal nodes are one node', () => {
  const x = input('x', [3]);
  const y = input('y', [3]);

  test('of primitives and composites', () => {
    expect(add(x, y)).toBe(add(x, y));
    expect(relu(add(x, y))).toBe(relu(add(x, y)));
    expect(mul(x, 2)).toBe(mul(x, 2));
  });

  test('but not with other inputs, another order or other attributes', () => {
    expect(add(x, y)).not.toBe(add(y, x));
    expect(sum(x, { keepDims: true })).not.toBe(sum(x));
    expect(leakyRelu(x, 0.1)).not.toBe(leakyRelu(x, 0.2));
  });

  test('so that forward and backward share their work', () => {
    const product = mul(relu(x), relu(y));
    const [byX] = gradient(product, [x]);
    expect(topologicalOrder([byX])).toContain(relu(y));
  });

  test('but two inputs never are one, nor two arrays', () => {
    expect(input('x', [3])).not.toBe(x);
    expect(vector(1, 2)).not.toBe(vector(1, 2));
  });

  test('and numbers are, −0 and 0 and NaN each being itself', () => {
    expect(constant(2)).toBe(constant(2));
    expect(constant(Number.NaN)).toBe(constant(Number.NaN));
    expect(numbers(constant(-0))).toEqual([-0]);
    expect(numbers(constant(0))).toEqual([0]);
    expect(numbers(neg(constant(0)))).toEqual([-0]);
    expect(numbers(constant(0))).toEqual([0]);
  });

  test('while attributes keep apart what JSON takes for one', () => {
    const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
    const slopes = [nan, infinity, -infinity, 0, -0];
    expect(new Set(slopes.map((slope) => leakyRelu(x, slope))).size).toBe(slopes.length);
  });

  test('and an attribute that is no plain data is refused', () => {
    const apply = defineComposite<{ f: (x: number) => number }>('apply', ([each]) => each!);
    expect(() => apply([x], { f: Math.sin })).toThrow("attribute 'f' of apply is a function");
  });

  test('and cannot be changed', () => {
    expect(Object.isFrozen(add(x, y))).toBe(true);
  });
});

describe('what nobody holds is collected', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;

  /** Collects until all are gone; a few rounds, since weak references live to the end of their task. */
  async function allCollected(refs: readonly WeakRef<object>[]): Promise<boolean> {
    for (let round = 0; round < 10; round++) {
      await new Promise((resolve) => setTimeout(resolve));
      collectGarbage();
      if (refs.every((ref) => ref.deref() === undefined)) return true;
    }
    return false;
  }

  /** Weak references to every node of a graph that is built and dropped. */
  const dropped = (build: () => Tensor) => topologicalOrder([build()]).map((node) => new WeakRef(node));

  test('a whole graph', async () => {
    const refs = dropped(() => {
      const x = input('x', [3]);
      return gradient(sum(relu(mul(x, 3.25))), [x])[0];
    });
    expect(refs.length).toBeGreaterThan(5);
    expect(await allCollected(refs)).toBe(true);
  });

  test('a graph on an input that lives on', async () => {
    const x = input('x', [3]);
    const [first, ...rest] = dropped(() => relu(mul(relu(x), vector(1, 2, 3))));
    expect(await allCollected(rest)).toBe(true);
    expect(first?.deref()).toBe(x);
  });

  test('what was compiled, once the program is dropped', async () => {
    const refs = dropped(() => {
      const x = input('x', [3]);
      const y = relu(mul(x, vector(1, 2, 3)));
      compile({ outputs: { y } }, referenceBackend).dispose();
      return y;
    });
    expect(await allCollected(refs)).toBe(true);
  });

  test('but not what is still held', async () => {
    const x = input('x', [3]);
    const y = relu(x);
    const refs = [new WeakRef(relu(x))];
    expect(await allCollected(refs)).toBe(false);
    expect(relu(x)).toBe(y);
  });
});
