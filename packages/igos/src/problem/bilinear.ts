import type { Coordinates } from '@igos/autograd';
import type { MaskSize } from '../mask.ts';

/** How the cells of a mask are laid over the pixels: corner on corner (the authors' way), or cells as equal areas. */
export type Upsampling = 'alignCorners' | 'halfPixel';

/** One pixel of an axis: (1 − weight) · source[low] + weight · source[high]. */
interface Tap {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/** Bilinear interpolation of masks on the host in float64, and its exact transpose. */
export interface Bilinear {
  readonly maskSize: MaskSize;
  readonly imageSize: MaskSize;
  /** Mask -> one value a pixel. */
  up(mask: ArrayLike<number>): Float64Array;
  /** One value a pixel -> one a cell: the derivative of `up`, applied backwards. */
  transpose(pixels: ArrayLike<number>): Float64Array;
}

export function bilinear(maskSize: MaskSize, imageSize: MaskSize, how: Upsampling): Bilinear {
  const [rows, columns] = maskSize;
  const [height, width] = imageSize;
  const vertical = taps(rows, height, how);
  const horizontal = taps(columns, width, how);
  return {
    maskSize,
    imageSize,
    up: (mask) => {
      const out = new Float64Array(height * width);
      for (let y = 0; y < height; y++) {
        const { low, high, weight } = vertical[y]!;
        const between = (x: number) => mix(along(mask, low * columns, x), along(mask, high * columns, x), weight);
        for (let x = 0; x < width; x++) out[y * width + x] = between(x);
      }
      return out;
    },
    transpose: (pixels) => {
      const out = new Float64Array(rows * columns);
      for (let i = 0; i < pixels.length; i++) {
        const v = vertical[Math.floor(i / width)]!;
        const h = horizontal[i % width]!;
        for (const [row, rowWeight] of ends(v)) {
          for (const [column, columnWeight] of ends(h)) {
            out[row * columns + column]! += rowWeight * columnWeight * pixels[i]!;
          }
        }
      }
      return out;
    },
  };

  function along(mask: ArrayLike<number>, origin: number, x: number): number {
    const { low, high, weight } = horizontal[x]!;
    return mix(mask[origin + low]!, mask[origin + high]!, weight);
  }
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

/** @see {@link Coordinates} of autograd's resizeBilinear, which this follows */
function taps(from: number, to: number, how: Upsampling & Coordinates): Tap[] {
  return Array.from({ length: to }, (_, target) => {
    const aligned = to > 1 ? (target * (from - 1)) / (to - 1) : 0;
    const source = how === 'alignCorners' ? aligned : Math.max(0, ((target + 0.5) * from) / to - 0.5);
    const low = Math.min(Math.floor(source), from - 1);
    return { low, high: Math.min(low + 1, from - 1), weight: low === from - 1 ? 0 : source - low };
  });
}
