import type { HostArray } from '@igos/autograd';
import { colourTable, type RgbImage } from 'igos/pictures';

/** Values from 0 to `highest` as colours, dark for 0; `[h, w]`. For sizes: nothing is below 0. */
export function drawHeat({ data, shape }: HostArray, highest = largestSize(data)): RgbImage {
  return draw(shape, colourTable, (i) => level((data[i] ?? 0) / (highest || 1)));
}

/**
 * Signed values as colours: orange above 0, blue below, white at 0; the strength is that of the largest size. Both are
 * told apart by every eye.
 */
export function drawSigned({ data, shape }: HostArray, largest = largestSize(data)): RgbImage {
  return draw(shape, signedTable, (i) => {
    const value = (data[i] ?? 0) / (largest || 1);
    return 255 + Math.sign(value) * level(Math.abs(value));
  });
}

/** A keep mask in greys: white keeps, black removes; `[rows, columns]`. */
export function drawMask({ data, shape }: HostArray): RgbImage {
  return draw(shape, greyTable, (i) => level(data[i] ?? 0));
}

/** Of the value that is farthest from 0; 0 where there is none. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] ?? 0));
  return largest;
}

/** 0 to 1 -> 0 to 255, whole. */
function level(share: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

/** Three bytes a colour: blue, 255 steps to white, 255 to orange. */
const signedTable = Uint8Array.from({ length: 3 * 511 }, (_, i) => {
  const [step, channel] = [Math.floor(i / 3) - 255, i % 3];
  const full = (step > 0 ? [204, 85, 0] : [0, 90, 181])[channel] ?? 0;
  return Math.round(255 - (Math.abs(step) / 255) * (255 - full));
});

const greyTable = Uint8Array.from({ length: 3 * 256 }, (_, i) => Math.floor(i / 3));

/** One colour of the table a pixel. */
function draw(shape: readonly number[], table: ArrayLike<number>, colour: (pixel: number) => number): RgbImage {
  const [height = 0, width = 0] = shape;
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const at = 3 * colour(i);
    for (let c = 0; c < 3; c++) data[3 * i + c] = table[at + c] ?? 0;
  }
  return { width, height, data };
}
