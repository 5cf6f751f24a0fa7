import type { HostArray } from '@igos/autograd';
import { lookUp } from '../checks.ts';
import type { Float32HostArray } from '../float32-array.ts';
import { type Baseline, type BaselineOptions, pixelsOf } from './baseline.ts';
import { blur } from './blur.ts';
import { black, mean } from './constant.ts';
import { median } from './median.ts';
import { mixed } from './mixed.ts';
import { noise } from './noise.ts';

/** What an image can be compared with. A given image needs no entry: pass it to the problem as it is. */
export const baselines = { blur, black, mean, noise, median, mixed } satisfies Record<string, Baseline>;
export type BaselineName = keyof typeof baselines;

/**
 * The baseline of an image, computed in float64 and rounded to float32 once.
 *
 * @param image  `[h, w, c]`, in any units: pixels, or what the network sees
 * @returns      `[h, w, c]`, the same units
 * @throws OptionError for a window whose radius reaches the image's side, or a pixel with the wrong number of channels
 */
export function makeBaseline(
  baseline: BaselineName | Baseline,
  image: HostArray,
  options: BaselineOptions = {},
): Float32HostArray {
  const build: Baseline = typeof baseline === 'function' ? baseline : lookUp('baseline', baselines, baseline);
  return { data: Float32Array.from(build(pixelsOf(image), options)), shape: image.shape };
}
