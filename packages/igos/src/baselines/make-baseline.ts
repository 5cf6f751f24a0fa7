import type { HostArray } from '@igos/autograd';
import { checkFunction } from '../checks.ts';
import type { Float32HostArray } from '../float32-array.ts';
import { imageShape } from '../image-shape.ts';
import type { Baseline, BaselineOptions } from './baseline.ts';

/**
 * The baseline of an image, computed in float64 and rounded to float32 once.
 *
 * @param baseline  one of `baselines`, or your own
 * @param image     `[h, w, c]`, in any units: pixels, or what the network sees
 * @returns         `[h, w, c]`, the same units
 * @throws OptionError for a window whose radius reaches the image's side, or a pixel with the wrong number of channels
 */
export function makeBaseline(baseline: Baseline, image: HostArray, options: BaselineOptions = {}): Float32HostArray {
  checkFunction('baseline', baseline, 'baselines.blur');
  const pixels = { data: image.data, shape: imageShape(image) };
  return { data: Float32Array.from(baseline(pixels, options)), shape: image.shape };
}
