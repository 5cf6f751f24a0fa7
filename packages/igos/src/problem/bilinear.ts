import type { Coordinates } from '@igos/autograd';
import type { MaskSize } from '../mask.ts';

/** How the cells of a mask are laid over the pixels: corner on corner (the authors' way), or cells as equal areas. */
export type Upsampling = 'alignCorners' | 'halfPixel';

/** What is interpolated to what. */
export interface Resampling {
  readonly maskSize: MaskSize;
  readonly imageSize: MaskSize;
  readonly upsampling: Upsampling;
}

/** Bilinear interpolation of a mask in float64: one value a pixel. */
export function upsample(mask: ArrayLike<number>, { maskSize, imageSize, upsampling }: Resampling): Float64Array {
  const [[rows, columns], [height, width]] = [maskSize, imageSize];
  const horizontal = taps(columns, width, upsampling);
  const along = (row: number, { low, high, weight }: Tap) =>
    mix(mask[row * columns + low]!, mask[row * columns + high]!, weight);
  return Float64Array.from(
    taps(rows, height, upsampling).flatMap(({ low, high, weight }) =>
      horizontal.map((tap) => mix(along(low, tap), along(high, tap), weight)),
    ),
  );
}

/** The transpose of `upsample`, which is its derivative applied backwards: one value a pixel -> one a cell. */
export function upsampleTranspose(
  pixels: ArrayLike<number>,
  { maskSize, imageSize, upsampling }: Resampling,
): Float64Array {
  const [[rows, columns], [height, width]] = [maskSize, imageSize];
  const vertical = taps(rows, height, upsampling);
  const horizontal = taps(columns, width, upsampling);
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    for (const [row, rowWeight] of ends(vertical[Math.floor(i / width)]!)) {
      for (const [column, columnWeight] of ends(horizontal[i % width]!)) {
        out[row * columns + column]! += rowWeight * columnWeight * pixels[i]!;
      }
    }
  }
  return out;
}

/** One pixel of an axis: (1 − weight) · source[low] + weight · source[high]. */
interface Tap {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/** @see {@link Coordinates} of autograd's resizeBilinear, which this follows */
function taps(from: number, to: number, how: Upsampling & Coordinates): Tap[] {
  return Array.from({ length: to }, (_, target) => {
    const aligned = to > 1 ? (target * (from - 1)) / (to - 1) : 0;
    const source = how === 'alignCorners' ? aligned : Math.max(0, ((target + 0.5) * from) / to - 0.5);
    const low = Math.min(Math.floor(source), from - 1);
    return { low, high: Math.min(low + 1, from - 1), weight: low === from - 1 ? 0 : source - low };
  });
}

/** Exactly a where a = b, so a mask of ones stays one everywhere. */
function mix(a: number, b: number, weight: number): number {
  return a + (b - a) * weight;
}

function ends({ low, high, weight }: Tap): [index: number, weight: number][] {
  return [
    [low, 1 - weight],
    [high, weight],
  ];
}
