import { type RgbImage, resize } from 'igos/pictures';
import { encodeJpeg } from '../draw/png.ts';
import type { Picture } from './html.ts';

/** Longer side of a picture in the page, in pixels: sharp on a large screen. */
const longestSide = 560;

/** Bytes of a picture, so that two of them and the maps fit into a page of 2 MB. Photos stay far below. */
const largest = 200_000;

/** Tried in this order until the picture is small enough; the last is always taken. */
const qualities = [85, 70, 50, 25, 5];

/** A picture for the page: a JPEG of at most 560 pixels on its longer side. Smaller pictures keep their size. */
export async function encodePicture(image: RgbImage): Promise<Picture> {
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(scale * image.width));
  const height = Math.max(1, Math.round(scale * image.height));
  const shown = scale < 1 ? resize(image, { width, height }, { filter: 'bicubic' }) : image;
  let bytes = new Uint8Array();
  for (const quality of qualities) {
    bytes = Uint8Array.from(await encodeJpeg(shown, { quality }));
    if (bytes.length <= largest) break;
  }
  return { type: 'image/jpeg', bytes, width, height };
}
