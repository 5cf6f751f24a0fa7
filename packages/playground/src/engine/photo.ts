import type { RgbImage } from 'igos/pictures';
import { FailureError } from './failure.ts';
import { pictureSize } from './picture-size.ts';

/** Largest width × height of a photo, told by its file before anything is decoded where the format has it. */
const maxPixels = 40_000_000;

/** The address of a picture, or the file that a reader brought. */
export type PhotoSource = string | Blob;

/**
 * Decodes a picture file as 8-bit sRGB pixels; what is transparent is laid on white, and the photo is turned as its camera
 * was held.
 *
 * @throws FailureError
 */
export async function decodePhoto(file: Blob): Promise<RgbImage> {
  checkSize((await pictureSize(file)) ?? [0, 0]);
  const bitmap = await createImageBitmap(file, { premultiplyAlpha: 'none' }).catch(() => {
    throw new FailureError({ what: 'no-picture' });
  });
  try {
    const { width, height } = bitmap;
    checkSize([width, height]);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new FailureError({ what: 'picture-memory' });
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const rgb = new Uint8Array(3 * width * height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let c = 0; c < 3; c++) rgb[3 * pixel + c] = data[4 * pixel + c] ?? 0;
    }
    return { width, height, data: rgb };
  } finally {
    bitmap.close();
  }
}

/** @throws FailureError */
function checkSize([width, height]: readonly [number, number]): void {
  if (width * height <= maxPixels) return;
  throw new FailureError({
    ...{ what: 'picture-too-large', megapixels: Math.ceil((width * height) / 1e6), most: maxPixels / 1e6 },
  });
}
