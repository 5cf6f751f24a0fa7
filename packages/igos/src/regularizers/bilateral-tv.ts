import { checkNumber } from '../checks.ts';
import type { Bilinear } from '../problem/bilinear.ts';
import { directions } from './differences.ts';
import type { HostRegularizer } from './regularizer.ts';
import { totalVariation } from './total-variation.ts';

export interface BilateralSettings {
  /** `[h, w, c]` values, row-major; edges are measured in these units. */
  readonly image: ArrayLike<number>;
  readonly upsampling: Bilinear;
  /** Squared image difference at which the weight has fallen to 1/e. */
  readonly sigma: number;
}

/**
 * Half of TV₂ of the mask, and half of TV₂ of the upsampled mask in which a step counts less where the image has an edge:
 * each squared difference is weighted by the channel mean of exp(−(image difference)² / sigma).
 *
 * @source  the idea is iGOS++ (Khorram et al. 2021); both directions use the same weight here
 */
export function bilateralTv({ image, upsampling, sigma }: BilateralSettings): HostRegularizer {
  checkNumber('sigma of the bilateral total variation', sigma, { above: 0 });
  const plain = totalVariation(2);
  const size = upsampling.imageSize;
  const channels = image.length / (size[0] * size[1]);
  const pairs: { a: number; b: number; weight: number }[] = [];
  for (const { each, count } of directions) {
    each(size, (a, b) => pairs.push({ a, b, weight: similarity(a, b) / count(size) }));
  }

  function similarity(a: number, b: number): number {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      sum += Math.exp(-((image[a * channels + c]! - image[b * channels + c]!) ** 2) / sigma);
    }
    return sum / channels;
  }

  return {
    name: 'bilateral',
    value: (mask, maskSize) => {
      const pixels = upsampling.up(mask);
      let sum = plain.value(mask, maskSize);
      for (const { a, b, weight } of pairs) sum += weight * (pixels[a]! - pixels[b]!) ** 2;
      return sum / 2;
    },
    gradient: (mask, maskSize) => {
      const pixels = upsampling.up(mask);
      const slopes = new Float64Array(pixels.length);
      for (const { a, b, weight } of pairs) {
        const slope = 2 * weight * (pixels[a]! - pixels[b]!);
        slopes[a]! += slope;
        slopes[b]! -= slope;
      }
      const coarse = plain.gradient(mask, maskSize);
      return upsampling.transpose(slopes).map((slope, i) => (slope + coarse[i]!) / 2);
    },
  };
}
