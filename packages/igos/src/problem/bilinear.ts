import { type ResizeTap, resizeTaps } from '@igos/autograd';
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
  const along = (row: number, { low, high, weight }: ResizeTap) =>
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

/** Those of autograd's `resizeBilinear`. */
function taps(from: number, to: number, coordinates: Upsampling): ResizeTap[] {
  return resizeTaps(from, to, { method: 'bilinear', coordinates });
}

/** Exactly a where a = b, so a mask of ones stays one everywhere. */
function mix(a: number, b: number, weight: number): number {
  return a + (b - a) * weight;
}

function ends({ low, high, weight }: ResizeTap): [index: number, weight: number][] {
  return [
    [low, 1 - weight],
    [high, weight],
  ];
}
