export const resizeFilters = ['bicubic', 'bilinear', 'nearest'] as const;

export type ResizeFilter = (typeof resizeFilters)[number];

/** How each output sample is made from the input: output i is the sum over k of `weights[i][k] · input[first[i] + k]`. */
export interface ResampleWeights {
  readonly first: readonly number[];
  readonly weights: readonly Float64Array[];
}

interface Kernel {
  /** Half-width, in input samples when the size is kept. */
  readonly support: number;
  readonly at: (x: number) => number;
}

const kernels: Record<Exclude<ResizeFilter, 'nearest'>, Kernel> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, at: keysCubic },
};

/**
 * Weights that resize one axis from `from` to `to` samples, half-pixel centres, each row summing to 1.
 *
 * When the axis shrinks the kernel is widened by the same factor, so that no input sample is skipped (antialiasing);
 * beyond the border the kernel is cut off and its rest normalized. This is the convention of Pillow, in which most
 * networks' inputs were made.
 */
export function resampleWeights(from: number, to: number, filter: ResizeFilter): ResampleWeights {
  const scale = from / to;
  const first: number[] = [];
  const weights: Float64Array[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    if (filter === 'nearest') {
      first.push(Math.min(from - 1, Math.floor(centre)));
      weights.push(Float64Array.of(1));
      continue;
    }
    const kernel = kernels[filter];
    const stretch = Math.max(1, scale);
    const reach = kernel.support * stretch;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const row = Float64Array.from({ length: end - start }, (_, k) => kernel.at((start + k + 0.5 - centre) / stretch));
    const sum = row.reduce((total, weight) => total + weight, 0);
    first.push(start);
    weights.push(row.map((weight) => weight / sum));
  }
  return { first, weights };
}

/**
 * Cubic convolution with a = -0.5, which reproduces quadratics exactly.
 * @source Keys 1981, "Cubic convolution interpolation for digital image processing"
 */
function keysCubic(x: number): number {
  const a = -0.5;
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  if (d < 2) return (((d - 5) * d + 8) * d - 4) * a;
  return 0;
}
