import { uniformStream, wordStream } from '@igos/autograd';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalOf } from '../../packages/autograd/src/random/normal-table.ts';
import { fillNormal } from '../../packages/autograd/src/random/normal-values.ts';
import { stateOfKey } from '../../packages/autograd/src/random/random-key.ts';
import { noiseKey } from '../../packages/igos/src/noise.ts';

function draw(count: number, { seed = 0, iteration = 0, point = 0, sigma = 1 } = {}): Float32Array {
  const out = new Float32Array(count);
  fillNormal(out, stateOfKey(noiseKey({ sigma, seed, iteration }, point)), sigma);
  return out;
}

function moments(values: ArrayLike<number>) {
  const at = (power: number, centre = 0) =>
    Array.from(values).reduce((sum, value) => sum + (value - centre) ** power, 0) / values.length;
  const mean = at(1);
  const deviation = Math.sqrt(at(2, mean));
  return { mean, deviation, skewness: at(3, mean) / deviation ** 3, kurtosis: at(4, mean) / deviation ** 4 };
}

function correlation(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / a.length;
}

test.each([
  [32_768, 1.9124249985274463e-5],
  [40_000, 0.28025817631319094],
  [49_152, 0.6745205991937057],
  [60_000, 1.3756638375126415],
  [65_000, 2.4012073155901965],
  [65_535, 4.324962899085993],
])('position %d of the table holds its quantile, as Python knows it', (position, quantile) => {
  // statistics.NormalDist().inv_cdf((position + 0.5) / 65536) / 0.9999898592748719, the deviation of all of them
  expect(Math.abs(normalOf(position * 2 ** 16) / quantile - 1)).toBeLessThan(1e-10);
});

test('every channel of the noise has the asked deviation within 2 %, no mean, and a normal shape', () => {
  const noise = draw(3 * 60_000, { sigma: 0.2, seed: 7 });
  for (const channel of [0, 1, 2]) {
    const { mean, deviation, skewness, kurtosis } = moments(noise.filter((_, i) => i % 3 === channel));
    expect(Math.abs(deviation / 0.2 - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean)).toBeLessThan(0.005);
    expect(Math.abs(skewness)).toBeLessThan(0.05);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.1);
  }
});

test('the table is symmetric, so words and their complements give opposite values', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (word) => {
      expect(normalOf(word)).toBe(-normalOf(~word >>> 0));
      expect(Math.abs(normalOf(word))).toBeLessThan(5);
    }),
  );
});

test('value i depends on seed, iteration, point and i alone: a longer draw begins with a shorter one', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 40), fc.nat(1000), fc.nat(1000), (seed, iteration, point) => {
      const long = draw(50, { seed, iteration, point });
      expect(draw(20, { seed, iteration, point })).toEqual(long.slice(0, 20));
    }),
  );
});

test('other seeds, iterations and points give unrelated noise, also shifted by a few places', () => {
  const noise = draw(20_000);
  for (const other of [{ seed: 1 }, { iteration: 1 }, { point: 1 }, { seed: 2 ** 32 }]) {
    for (const shift of [0, 1, 2, 100]) {
      expect(Math.abs(correlation(noise.subarray(shift), draw(20_000 - shift, other)))).toBeLessThan(0.03);
    }
  }
});

test('seed, iteration and point are not interchangeable', () => {
  expect(draw(4, { iteration: 1, point: 2 })).not.toEqual(draw(4, { iteration: 2, point: 1 }));
});

test('no stream is a shifted copy of another', () => {
  const streams = Array.from({ length: 10_000 }, (_, stream) => wordStream(stream));
  const beginning = new Map(streams.map((word) => [word(0), word]));
  let copies = 0;
  for (const word of streams) {
    for (let i = 1; i < 300; i++) if (beginning.get(word(i))?.(1) === word(i + 1)) copies++;
  }
  expect(copies).toBe(0);
});

test('uniform numbers fill [0, 1) evenly', () => {
  const uniform = uniformStream(3);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 50_000; i++) counts[Math.floor(10 * uniform(i))]!++;
  for (const count of counts) expect(Math.abs(count / 5000 - 1)).toBeLessThan(0.06);
});
