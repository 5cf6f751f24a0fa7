import { type HostArray, randomKey } from '@igos/autograd';

/** Which noise a path evaluation adds to its images; the same draw is the same noise, bit for bit. */
export interface NoiseDraw {
  /** Standard deviation, in the units of the image. */
  readonly sigma: number;
  /** Integer >= 0. */
  readonly seed: number;
  readonly iteration: number;
}

/**
 * The key for the noise of one image of a path, `[4]`. Value i of it depends on (seed, iteration, point, i) alone, so
 * batches, early exits, threads and backends cannot change it.
 *
 * @param point  number of the path point, from 0
 */
export function noiseKey({ seed, iteration }: NoiseDraw, point: number): HostArray['data'] {
  return randomKey(seed, iteration, point).data;
}
