import { add, constant, input, mul, resizeBilinear, sub, type Tensor } from '@igos/autograd';
import type { ResolvedProblem } from './problem-options.ts';

/** Images between a baseline and an image, as a graph. */
export interface MaskedGraph {
  /** Inputs `[1, h, w, c]` for the image and the baseline, where they are not held. */
  readonly pictures: readonly Tensor[];
  /** An input for `n` masks, `[n, rows, columns, 1]`. */
  readonly masks: (n: number) => Tensor;
  /** Masks `[n, rows, columns, 1]` -> one value a pixel, `[n, h, w, 1]`. */
  readonly upsample: (masks: Tensor) => Tensor;
  /** Phi = K·I + (1 − K)·B for keep values K `[n, h, w, 1]` -> `[n, h, w, c]`. */
  readonly blend: (keep: Tensor) => Tensor;
}

export function maskedGraph(problem: ResolvedProblem): MaskedGraph {
  const { imageSize, maskSize, upsampling, savings } = problem;
  const [rows, columns] = maskSize;
  const [height, width] = imageSize;
  const one = (name: 'image' | 'baseline') => {
    const { data, shape } = problem[name];
    return savings.holdImages ? constant({ data, shape: [1, ...shape] }) : input(name, [1, ...shape]);
  };
  const [photo, replacement] = [one('image'), one('baseline')];
  return {
    pictures: savings.holdImages ? [] : [photo, replacement],
    masks: (n) => input('mask', [n, rows, columns, 1]),
    // Columns first, then rows: with two weights at a time, (1 − w) + w rounds to exactly 1 and a mask of ones stays one;
    // the four products of both at once need not.
    upsample: (masks) => {
      const wide = columns === width ? masks : resizeBilinear(masks, [rows, width], { coordinates: upsampling });
      return rows === height ? wide : resizeBilinear(wide, [height, width], { coordinates: upsampling });
    },
    // In this form a mask of ones gives the image and one of zeros the baseline, to the bit.
    blend: (keep) => add(mul(keep, photo), mul(sub(1, keep), replacement)),
  };
}
