import * as ag from '@igos/autograd';
import { describe, expect, test } from 'vitest';

/** `reference` as a backend whose noise the host makes. */
const undrawing: ag.Backend = { ...ag.referenceBackend, name: 'undrawing', hostNoise: ag.noiseFromHost };
const key = ag.input('key', [4]);
const x = ag.input('x', [3, 5]);
const noise = (of: ag.Tensor, shape: readonly number[]) => ag.randomNormal(of, { shape, deviation: 0.25 });

describe('noise that the host makes', () => {
  test.each<[string, ag.Tensor]>([
    ['an input', key],
    ['a constant', ag.constant(ag.randomKey(9))],
  ])('is that of a backend which makes it itself, with %s for a key', async (_, of) => {
    const outputs = { y: ag.mul(ag.add(x, noise(of, [3, 5])), 2), z: noise(of, [2, 2, 2]) };
    const arrays = { x: { data: new Float32Array(15).fill(1), shape: [3, 5] }, key: ag.randomKey(4, 2) };
    const inputs = [x, key];
    const run = (backend: ag.Backend) => ag.compile({ inputs, outputs }, backend).run(arrays);
    expect(await run(undrawing)).toEqual(await run(ag.referenceBackend));
  });

  test('needs no array of its own', async () => {
    const program = ag.compile({ inputs: [key], outputs: { y: noise(key, [4]) } }, undrawing);
    await expect(program.run({ key: ag.randomKey(1), 'noise 0': ag.randomKey(1) })).rejects.toThrow(
      "there is no input 'noise 0'; inputs are key",
    );
  });

  test('cannot have a key that is computed', () => {
    const build = () => ag.compile({ outputs: { y: noise(ag.neg(key), [4]) } }, undrawing);
    expect(build).toThrow(
      'backend undrawing has its noise made before a run, so its key must be an input or a constant',
    );
  });
});

test('nothing flows back to a key', async () => {
  const y = ag.sum(ag.square(ag.add(x, noise(key, [3, 5]))));
  const [byKey, byX] = ag.gradient(y, [key, x]);
  const arrays = { x: { data: new Float32Array(15), shape: [3, 5] }, key: ag.randomKey(1) };
  const result = await ag.compile({ outputs: { byKey: byKey!, byX: byX! } }, ag.referenceBackend).run(arrays);
  expect([...result.byKey.data]).toEqual([0, 0, 0, 0]);
  expect(result.byX.data.some((slope) => slope !== 0)).toBe(true);
});

test.each([
  [{ shape: [2], deviation: -1 }, 'a finite deviation of at least 0, got -1'],
  [{ shape: [2], deviation: Number.NaN }, 'a finite deviation of at least 0, got NaN'],
])('%o is refused', (options, message) => {
  expect(() => ag.randomNormal(key, options)).toThrow(message);
});

test('a key has four numbers', () => {
  expect(() => ag.randomNormal(x, { shape: [2] })).toThrow('randomNormal needs a key of shape [4], got [3, 5]');
});
