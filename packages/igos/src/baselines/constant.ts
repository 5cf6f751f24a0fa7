import { type Baseline, constantImage } from './baseline.ts';

/** Black everywhere: what pixel value 0 is in the image's units. */
export const black: Baseline = (image, options) => constantImage(image, options.black ?? 0);

/** The mean pixel everywhere: 0 for normalized input, grey for pixels. */
export const mean: Baseline = (image, options) => constantImage(image, options.mean ?? 0);
