import type { Float32HostArray } from '../float32-array.ts';
import type { MaskSize } from '../mask.ts';
import { upsampleTranspose } from './bilinear.ts';
import type { MaskProblem } from './mask-problem.ts';

/** U(m)·I + (1 − U(m))·B, `[h, w, c]`, rounded to float32 once, for a mask of any size up to the image's. */
export function maskedImage(problem: MaskProblem, mask: ArrayLike<number>, size?: MaskSize): Float32HostArray {
  const { image, baseline } = problem;
  const keep = problem.upsample(mask, size).data;
  const channels = image.data.length / keep.length;
  const data = Float32Array.from(image.data, (value, i) => {
    const share = keep[Math.floor(i / channels)]!;
    return share * value + (1 - share) * baseline.data[i]!;
  });
  return { data, shape: image.shape };
}

/** Averages of a map `[h, w]` over the cells of the mask, each pixel counted by its share in the cell. */
export function cellAverages(problem: MaskProblem, pixels: ArrayLike<number>): Float64Array {
  const sums = upsampleTranspose(pixels, problem);
  const shares = upsampleTranspose(new Float64Array(pixels.length).fill(1), problem);
  return sums.map((sum, i) => sum / shares[i]!);
}
