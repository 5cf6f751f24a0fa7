import type { RgbImage } from 'igos/pictures';
import type { SharpOptions } from 'sharp';
import { CliError, exitCodes, printable } from '../errors.ts';
import { fileType, pictureFormats } from './file-type.ts';
import { loadSharp } from './load-sharp.ts';
import { readRegularFile } from './read-file.ts';

export const photoLimits = {
  /** Largest width × height, checked in the header, before anything is decoded. */
  maxPixels: 40_000_000,
  /** Largest file, in bytes: more than 40 megapixels at 16 bits a channel need uncompressed. */
  maxBytes: 400_000_000,
};

/**
 * Reads a PNG, JPEG or WebP file as 8-bit sRGB pixels.
 *
 * The EXIF orientation is applied; grey and palette pictures become RGB; CMYK, 16-bit and colour-managed ones are
 * converted to 8-bit sRGB; what is transparent is laid on white; of an animation the first frame is taken.
 *
 * @throws CliError with the exit code for images, one line, when the file cannot be read, is no such picture, is
 *   damaged or cut short, or is larger than the limits
 */
export async function readPhoto(path: string, limits: Partial<typeof photoLimits> = {}): Promise<RgbImage> {
  const { maxPixels, maxBytes } = { ...photoLimits, ...limits };
  const name = printable(path);
  const bytes = await readRegularFile(path, { maxBytes, exitCode: exitCodes.image });
  const format = fileType(bytes);
  if (!pictureFormats.includes(format)) {
    const found = format ? `is in ${format} format` : 'is not a picture';
    throw imageError(`${name}: ${found}; needed is PNG, JPEG or WebP, or a .npy array`);
  }

  const sharp = await loadSharp();
  // 'error' refuses truncated data, but not the harmless oddities of some phones' JPEG files, as 'warning' would
  const options: SharpOptions = { failOn: 'error', limitInputPixels: false };
  try {
    const { width, height } = await sharp(bytes, options).metadata();
    if (width * height > maxPixels) {
      const size = `${width}×${height} pixels, ${((width * height) / 1e6).toFixed(2)} megapixels`;
      throw imageError(`${name}: the picture has ${size}; the limit is ${maxPixels / 1e6}: make it smaller first`);
    }
    // sharp converts to 8-bit sRGB, and takes the first frame, unless told otherwise
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .flatten({ background: 'white' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`);
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw imageError(
      `${name}: the ${format} data are damaged or cut short (${codecReason(error)}): get the file again`,
      error,
    );
  }
}

/** The first line of the codec's message, without its own preface. */
function codecReason(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.replace(/^Input buffer has corrupt header:\s*/, '') || 'its header cannot be read';
}

function imageError(message: string, cause?: unknown): CliError {
  return new CliError(message, exitCodes.image, { cause });
}
