import { type ResampleWeights, type ResizeFilter, resampleWeights } from './resample-weights.ts';
import type { Rectangle, RgbImage } from './rgb-image.ts';

/** Weights are whole multiples of 2^-22, so that a sum of weighted bytes fits in 32 bits. */
const fractionBits = 22;

/**
 * Resizes the part `crop` of a picture (by default all of it) to `size`; pixels outside the crop have no influence.
 *
 * Columns first, then rows, each pass rounded to 8 bits with fixed-point weights: the arithmetic of Pillow, so that a
 * model sees here the very bytes it was tried with in Python, and the same in Node as in a page.
 */
export function resize(
  image: RgbImage,
  size: { readonly width: number; readonly height: number },
  options: { readonly filter: ResizeFilter; readonly crop?: Rectangle },
): RgbImage {
  const cut = options.crop ? cropImage(image, options.crop) : image;
  const columns = fixedPoint(resampleWeights(cut.width, size.width, options.filter));
  const rows = fixedPoint(resampleWeights(cut.height, size.height, options.filter));
  const wide = resampleAxis(cut.data, columns, { outer: cut.height, from: cut.width, inner: 3 });
  const data = resampleAxis(wide, rows, { outer: 1, from: cut.height, inner: 3 * size.width });
  return { width: size.width, height: size.height, data };
}

/** A copy of the part of a picture that lies in the rectangle. */
export function cropImage(image: RgbImage, { x, y, width, height }: Rectangle): RgbImage {
  if (x < 0 || y < 0 || x + width > image.width || y + height > image.height) {
    throw new RangeError(`crop ${width}×${height} at (${x}, ${y}) leaves a picture of ${image.width}×${image.height}`);
  }
  const data = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const start = 3 * ((y + row) * image.width + x);
    data.set(image.data.subarray(start, start + 3 * width), 3 * width * row);
  }
  return { width, height, data };
}

interface FixedWeights {
  readonly first: readonly number[];
  readonly weights: readonly Int32Array[];
}

function fixedPoint({ first, weights }: ResampleWeights): FixedWeights {
  const one = 2 ** fractionBits;
  // half away from zero, where Math.round would send half up
  const toFixed = (weight: number) => Math.trunc(weight * one + (weight < 0 ? -0.5 : 0.5));
  return { first, weights: weights.map((row) => Int32Array.from(row, toFixed)) };
}

/** Resamples the middle axis of an array [outer, from, inner] of bytes. */
function resampleAxis(
  source: Uint8Array,
  { first, weights }: FixedWeights,
  { outer, from, inner }: { outer: number; from: number; inner: number },
): Uint8Array<ArrayBuffer> {
  const to = first.length;
  const result = new Uint8ClampedArray(outer * to * inner);
  const half = 2 ** (fractionBits - 1);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < to; i++) {
      const row = weights[i] as Int32Array;
      const start = (block * from + (first[i] as number)) * inner;
      const target = (block * to + i) * inner;
      for (let j = 0; j < inner; j++) {
        let sum = half;
        for (let k = 0; k < row.length; k++) sum += (row[k] as number) * (source[start + k * inner + j] as number);
        result[target + j] = sum >> fractionBits; // the array clamps to 0..255
      }
    }
  }
  return new Uint8Array(result.buffer);
}
