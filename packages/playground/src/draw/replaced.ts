import type { RgbImage } from 'igos/pictures';

/** The first picture with some of its pixels, by their row-major indices, taken from the second. */
export function drawReplaced([from, to]: readonly [from: RgbImage, to: RgbImage], pixels: Uint32Array): RgbImage {
  const data = from.data.slice();
  for (const pixel of pixels) {
    for (let c = 0; c < 3; c++) data[3 * pixel + c] = to.data[3 * pixel + c] ?? 0;
  }
  return { ...from, data };
}
