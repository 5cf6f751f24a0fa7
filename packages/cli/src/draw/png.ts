import type { RgbImage } from 'igos/pictures';
import { loadSharp } from '../image/load-sharp.ts';

/** The picture as the bytes of a PNG file: lossless, 8 bits a channel. */
export async function encodePng(image: RgbImage): Promise<Uint8Array> {
  return new Uint8Array(await (await withPixels(image)).png({ compressionLevel: 9 }).toBuffer());
}

/** The picture as the bytes of a JPEG file, small enough to embed in a page. `quality` is 1 to 100. */
export async function encodeJpeg(image: RgbImage, { quality = 85 } = {}): Promise<Uint8Array> {
  return new Uint8Array(await (await withPixels(image)).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer());
}

async function withPixels({ data, width, height }: RgbImage) {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 3 } });
}
