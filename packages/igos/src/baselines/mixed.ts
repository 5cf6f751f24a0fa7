import type { Baseline } from './baseline.ts';
import { blur } from './blur.ts';
import { median } from './median.ts';

/** The mean of blur and median. */
export const mixed: Baseline = (image, options) => {
  const smooth = blur(image, options);
  const flat = median(image, options);
  return smooth.map((value, i) => (value + flat[i]!) / 2);
};
