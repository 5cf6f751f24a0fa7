import { type ArrayInput, toHostArray } from '@igos/autograd';
import { checkNumber } from '../checks.ts';
import { imageShape } from '../image-shape.ts';
import type { MaskSize } from '../mask.ts';
import { type Upsampling, upsample, upsampleTranspose } from '../problem/bilinear.ts';
import { directions } from './differences.ts';
import type { HostRegularizer } from './regularizer.ts';
import { totalVariation } from './total-variation.ts';

export interface BilateralOptions {
  /** `[h, w, c]`, the image of the problem. */
  readonly image: ArrayInput;
  /** What the term is multiplied by, >= 0. */
  readonly weight: number;
  /** Squared image difference, in the image's units, at which a step counts 1/e; default 0.01. */
  readonly sigma?: number;
  /** As in the problem; default `alignCorners`. */
  readonly upsampling?: Upsampling;
}

/**
 * Half of TV₂ of the mask, and half of TV₂ of the upsampled mask in which a step counts less where the image has an edge:
 * each squared difference is weighted by the channel mean of exp(−(image difference)² / sigma).
 *
 * @source  the idea is iGOS++ (Khorram et al. 2021); both directions use the same weight here
 */
export function bilateral({
  image,
  weight,
  sigma = 0.01,
  upsampling = 'alignCorners',
}: BilateralOptions): HostRegularizer {
  checkNumber('the weight of the bilateral term', weight, { min: 0 });
  checkNumber('the sigma of the bilateral term', sigma, { above: 0 });
  const pixels = toHostArray(image);
  const [height, width, channels] = imageShape(pixels);
  const imageSize: MaskSize = [height, width];
  const plain = totalVariation(2);
  const pairs: { a: number; b: number; share: number }[] = [];
  for (const { each, count } of directions) {
    each(imageSize, (a, b) => pairs.push({ a, b, share: similarity(a, b) / count(imageSize) }));
  }

  function similarity(a: number, b: number): number {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      sum += Math.exp(-((pixels.data[a * channels + c]! - pixels.data[b * channels + c]!) ** 2) / sigma);
    }
    return sum / channels;
  }

  return {
    name: 'bilateral',
    value: (mask, size) => {
      const keep = upsample(mask, { maskSize: size, imageSize, upsampling });
      let sum = plain.value(mask, size);
      for (const { a, b, share } of pairs) sum += share * (keep[a]! - keep[b]!) ** 2;
      return weight * (sum / 2);
    },
    gradient: (mask, size) => {
      const resampling = { maskSize: size, imageSize, upsampling };
      const keep = upsample(mask, resampling);
      const slopes = new Float64Array(keep.length);
      for (const { a, b, share } of pairs) {
        const slope = 2 * share * (keep[a]! - keep[b]!);
        slopes[a]! += slope;
        slopes[b]! -= slope;
      }
      const coarse = plain.gradient(mask, size);
      return upsampleTranspose(slopes, resampling).map((slope, i) => weight * ((slope + coarse[i]!) / 2));
    },
  };
}
