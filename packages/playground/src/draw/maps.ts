import type { HostArray } from '@igos/autograd';
import { colourTable, type RgbImage } from 'igos/pictures';

/** Values from 0 to `highest` as colours, dark for 0; `[h, w]`. For sizes: nothing is below 0. */
export function drawHeat({ data, shape }: HostArray, highest = maximum(data)): RgbImage {
  return draw(shape, (i) => {
    const at = 3 * Math.round(255 * Math.min(1, Math.max(0, (data[i] ?? 0) / (highest || 1))));
    return [colourTable[at] ?? 0, colourTable[at + 1] ?? 0, colourTable[at + 2] ?? 0];
  });
}

/**
 * Signed values as colours: orange above 0, blue below, white at 0; the strength is that of the largest size. Both are
 * told apart by every eye.
 */
export function drawSigned({ data, shape }: HostArray, largest = maximum(Array.from(data, Math.abs))): RgbImage {
  const [orange, blue] = [[204, 85, 0] as const, [0, 90, 181] as const];
  return draw(shape, (i) => {
    const strength = Math.min(1, Math.abs(data[i] ?? 0) / (largest || 1));
    const [r, g, b] = (data[i] ?? 0) >= 0 ? orange : blue;
    return [255 - strength * (255 - r), 255 - strength * (255 - g), 255 - strength * (255 - b)];
  });
}

/** A keep mask in greys: white keeps, black removes; `[rows, columns]`. */
export function drawMask({ data, shape }: HostArray): RgbImage {
  return draw(shape, (i) => {
    const grey = 255 * Math.min(1, Math.max(0, data[i] ?? 0));
    return [grey, grey, grey];
  });
}

function draw(shape: readonly number[], colour: (pixel: number) => readonly [number, number, number]): RgbImage {
  const [height = 0, width = 0] = shape;
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.set(colour(i).map(Math.round), 3 * i);
  return { width, height, data };
}

function maximum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((most, value) => Math.max(most, value), 0);
}
