import { OptionError } from '../errors.ts';
import type { ImageShape } from '../image-shape.ts';

/** All that the built-in baselines look at. Values are in the units of the image. */
export interface BaselineOptions {
  /** Taps of the blur, odd; default: the odd integer nearest 51 · min(h, w) / 224, at least 3. */
  readonly blurSize?: number;
  /** Standard deviation of the blur in pixels; default 50 · min(h, w) / 224. */
  readonly blurSigma?: number;
  /** Window of the median, odd; default: the odd integer nearest 11 · min(h, w) / 224, at least 3. */
  readonly medianSize?: number;
  /** A black pixel, one value a channel or one for all; default 0. */
  readonly black?: number | readonly number[];
  /** The mean pixel of the data the network was trained on, one value a channel or one for all; default 0. */
  readonly mean?: number | readonly number[];
  /** Smallest and largest pixel value, for the noise; default 0 and 1. */
  readonly range?: readonly [low: number, high: number];
  /** Seed of the noise; default 0. */
  readonly seed?: number;
}

/** Values of an image `[h, w, c]`, in float64. */
export interface Pixels {
  readonly data: ArrayLike<number>;
  readonly shape: ImageShape;
}

/** The image with the evidence taken out: float64, of the image's shape and units. */
export type Baseline = (image: Pixels, options: BaselineOptions) => Float64Array;

/** One pixel repeated over the image. */
export function constantImage(
  { shape: [height, width, channels] }: Pixels,
  pixel: number | readonly number[],
): Float64Array {
  const values = typeof pixel === 'number' ? new Array<number>(channels).fill(pixel) : pixel;
  if (values.length !== channels) {
    throw new OptionError(`a pixel needs ${channels} channels, got ${values.length}`);
  }
  return Float64Array.from({ length: height * width * channels }, (_, i) => values[i % channels]!);
}

/** The odd integer nearest to a length, at least 3; halfway between two, the larger. */
export function nearestOdd(length: number): number {
  return Math.max(3, 2 * Math.floor(length / 2) + 1);
}
