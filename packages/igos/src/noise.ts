import { wordStream } from './random/hash.ts';
import { normalOf } from './random/normal-table.ts';

/** Which noise a path evaluation adds to its images; the same draw is the same noise, bit for bit. */
export interface NoiseDraw {
  /** Standard deviation, in the units of the image. */
  readonly sigma: number;
  /** Integer >= 0. */
  readonly seed: number;
  readonly iteration: number;
}

/**
 * Fills `out` with normal noise N(0, sigma²), independent for every value.
 *
 * Value i depends on (seed, iteration, point, i) alone, so batches, early exits and backends cannot change it.
 *
 * @param point  number of the path point, from 0
 */
export function fillNoise(out: Float32Array, { sigma, seed, iteration }: NoiseDraw, point: number): void {
  const word = wordStream(seed, iteration, point);
  for (let i = 0; i < out.length; i++) out[i] = sigma * normalOf(word(i));
}
