import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { RgbImage } from 'igos/pictures';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { CliError, exitCodes } from '../../packages/cli/src/errors.ts';
import { type photoLimits, readPhoto } from '../../packages/cli/src/image/read-photo.ts';

const folder = mkdtempSync(join(tmpdir(), 'igos-photo-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A colourful 8×6 picture whose every pixel differs: red grows to the right, green downwards. */
const [width, height] = [8, 6];
const rgb = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
  return [10 + 30 * x, 5 + 40 * y, 20 + 15 * (x + y)][i % 3] as number;
});
const grey = rgb.filter((_, i) => i % 3 === 0);
const raw = { raw: { width, height, channels: 3 as const } };

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function read(name: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<RgbImage> {
  return readPhoto(file(name, await bytes));
}

/** The largest difference of a byte of the picture from what is expected. */
function distance(image: RgbImage, expected: ArrayLike<number>): number {
  expect(image.data.length).toBe(expected.length);
  return image.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number))), 0);
}

/** A PNG from raw samples, big-endian where 16 bits. `colour` is PNG's colour type; `claimed` the size in the header. */
function png({ depth, colour, samples, size = [width, height], claimed = size }: PngParts): Buffer {
  const h = size[1];
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed[0]);
  header.writeUInt32BE(claimed[1], 4);
  header.set([depth, colour, 0, 0, 0], 8);
  const stride = samples.length / h;
  const rows = Array.from({ length: h }, (_, y) => Buffer.from([0, ...samples.subarray(y * stride, (y + 1) * stride)]));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

interface PngParts {
  depth: number;
  colour: number;
  samples: Uint8Array;
  size?: [number, number];
  claimed?: [number, number];
}

/** Each byte twice: the same shade at 16 bits. */
const doubled = (bytes: Uint8Array) => Uint8Array.from({ length: 2 * bytes.length }, (_, i) => bytes[i >> 1] as number);

describe('what is decoded', () => {
  test('PNG and lossless WebP give their very pixels', async () => {
    const [a, b] = [sharp(rgb, raw).png().toBuffer(), sharp(rgb, raw).webp({ lossless: true }).toBuffer()];
    expect(await read('a.png', a)).toEqual({ width, height, data: rgb });
    expect(await read('b.webp', b)).toEqual({ width, height, data: rgb });
  });

  test('the contents count, not the name', async () => {
    expect((await read('really-a-png.jpg', sharp(rgb, raw).png().toBuffer())).data).toEqual(rgb);
  });

  test('JPEG gives nearly its pixels', async () => {
    const jpeg = sharp(rgb, raw)
      .resize(128, 96, { kernel: 'nearest' })
      .jpeg({ quality: 98, chromaSubsampling: '4:4:4' });
    const image = await read('a.jpg', jpeg.toBuffer());
    expect([image.width, image.height]).toEqual([128, 96]);
    const middle = 3 * (40 * 128 + 56); // of the cell x = 3, y = 2
    expect(distance({ width: 1, height: 1, data: image.data.slice(middle, middle + 3) }, [100, 85, 95])).toBeLessThan(
      4,
    );
  });

  test('grey becomes three equal channels, at 8 and 16 bits', async () => {
    const expected = Uint8Array.from(rgb, (_, i) => grey[Math.floor(i / 3)] as number);
    expect((await read('g8.png', png({ depth: 8, colour: 0, samples: grey }))).data).toEqual(expected);
    expect((await read('g16.png', png({ depth: 16, colour: 0, samples: doubled(grey) }))).data).toEqual(expected);
  });

  test('16 bits become 8', async () => {
    expect((await read('rgb16.png', png({ depth: 16, colour: 2, samples: doubled(rgb) }))).data).toEqual(rgb);
  });

  test('a palette is looked up', async () => {
    const palette = await sharp(rgb, raw).png({ palette: true, dither: 0, colours: 64 }).toBuffer();
    expect((await sharp(palette).metadata()).isPalette).toBe(true);
    expect(distance(await read('palette.png', palette), rgb)).toBeLessThan(12);
  });

  test.each([8, 16])('what is transparent is laid on white, at %i bits', async (depth) => {
    const alphas = [0, 51, 128, 255];
    const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
      i % 4 === 3 ? (alphas[(i >> 2) % 4] as number) : (rgb[3 * (i >> 2) + (i % 4)] as number),
    );
    const image = await read(
      `rgba${depth}.png`,
      png({ depth, colour: 6, samples: depth === 16 ? doubled(rgba) : rgba }),
    );
    const expected = Float64Array.from(rgb, (value, i) => {
      const alpha = (alphas[Math.floor(i / 3) % 4] as number) / 255;
      return alpha * value + (1 - alpha) * 255;
    });
    expect(distance(image, expected)).toBeLessThanOrEqual(1);
    expect([...image.data.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test('CMYK becomes RGB', async () => {
    const flat = { create: { width: 16, height: 16, channels: 3 as const, background: '#c02020' } };
    const cmyk = await sharp(flat).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const image = await read('cmyk.jpg', cmyk);
    expect(image.data.length).toBe(16 * 16 * 3);
    const [red, green, blue] = image.data as unknown as [number, number, number];
    expect(red).toBeGreaterThan(150);
    expect(Math.max(green, blue)).toBeLessThan(80);
  });

  test('a wide-gamut profile is converted to sRGB', async () => {
    const flat = { create: { width: 4, height: 4, channels: 3 as const, background: { r: 200, g: 100, b: 50 } } };
    const p3 = await sharp(flat).withIccProfile('p3').png().toBuffer();
    expect((await sharp(p3).metadata()).icc).toBeDefined();
    expect(
      distance({ width: 1, height: 1, data: (await read('p3.png', p3)).data.slice(0, 3) }, [200, 100, 50]),
    ).toBeLessThan(3);
  });

  test.each([
    // EXIF orientation, then the stored pixel that is shown at the top left
    [1, 0, 0],
    [2, width - 1, 0],
    [3, width - 1, height - 1],
    [4, 0, height - 1],
    [5, 0, 0],
    [6, 0, height - 1],
    [7, width - 1, height - 1],
    [8, width - 1, 0],
  ])('EXIF orientation %i is applied', async (orientation, x, y) => {
    const turned = await read(`exif${orientation}.png`, sharp(rgb, raw).withMetadata({ orientation }).png().toBuffer());
    expect([turned.width, turned.height]).toEqual(orientation < 5 ? [width, height] : [height, width]);
    const stored = 3 * (y * width + x);
    expect(turned.data.slice(0, 3)).toEqual(rgb.slice(stored, stored + 3));
  });

  test.each([
    [1, 1],
    [1, 4000],
    [4000, 1],
  ])('a picture of %i×%i', async (w, h) => {
    const image = await read(
      'thin.png',
      png({ depth: 8, colour: 2, samples: new Uint8Array(3 * w * h).fill(7), size: [w, h] }),
    );
    expect([image.width, image.height, image.data.length]).toEqual([w, h, 3 * w * h]);
    expect(image.data.every((value) => value === 7)).toBe(true);
  });

  test('of an animation, the first frame', async () => {
    const frames = Buffer.concat([rgb, rgb.map((value) => 255 - value)]);
    const animation = await sharp(frames, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } })
      .webp({ lossless: true })
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    expect(await read('animation.webp', animation)).toEqual({ width, height, data: rgb });
  });
});

describe('what is refused, with exit code 4 and one line', () => {
  async function refusal(path: string, limits?: Partial<typeof photoLimits>): Promise<string> {
    const error = await readPhoto(path, limits).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CliError);
    const { exitCode, message } = error as CliError;
    expect(exitCode).toBe(exitCodes.image);
    expect(message).not.toContain('\n');
    return message;
  }

  test('a missing file', async () => {
    expect(await refusal(join(folder, 'missing.jpg'))).toMatch(/missing\.jpg: no such file/);
    expect(await refusal(join(file('a-file', 'x'), 'in-it.jpg'))).toMatch(
      /no such file: a folder of its path is a file/,
    );
    expect(await refusal('with\0zero.jpg')).toMatch(/with\\x00zero\.jpg: the path is not valid/);
  });

  test('a folder, an empty file, a pipe', async () => {
    expect(await refusal(folder)).toMatch(/is a folder/);
    expect(await refusal(file('empty.png', ''))).toMatch(/empty\.png: the file is empty/);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await refusal(join(folder, 'pipe'))).toMatch(/is a device or pipe/);
  });

  test('not an image, or one of another format', async () => {
    expect(await refusal(file('notes.png', 'dear diary'))).toMatch(/notes\.png: is not a picture/);
    expect(await refusal(file('a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatch(
      /is in SVG format; needed is PNG/,
    );
    const gif = await sharp(rgb, raw).gif().toBuffer();
    expect(await refusal(file('a.gif', gif))).toMatch(/is in GIF format; needed is PNG, JPEG or WebP/);
    expect(await refusal(file('just-a-signature.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')))).toMatch(
      /PNG data are damaged/,
    );
  });

  test.each(['png', 'jpeg', 'webp'] as const)('a %s file cut short anywhere', async (format) => {
    const whole = await sharp(rgb, raw).resize(64, 48).toFormat(format).toBuffer();
    const needed = whole.length - (format === 'png' ? 16 : 1); // a PNG without its end mark and checksum still has all pixels
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      const cut = file(`cut.${format}`, whole.subarray(0, Math.floor(share * needed)));
      expect(await refusal(cut)).toMatch(/are damaged or cut short|is not a picture/);
    }
  });

  test('a PNG with a broken checksum', async () => {
    const broken = png({ depth: 8, colour: 2, samples: rgb });
    broken[60] = (broken[60] as number) ^ 1;
    expect(await refusal(file('broken.png', broken))).toMatch(/PNG data are damaged/);
  });

  test('more than 40 megapixels, before decoding', async () => {
    const claim = (claimed: [number, number]) => png({ depth: 8, colour: 2, samples: rgb, claimed });
    const start = performance.now();
    expect(await refusal(file('bomb.png', claim([8000, 5001])))).toMatch(
      /8000×5001 pixels, 40\.01 megapixels; the limit is 40/,
    );
    expect(performance.now() - start).toBeLessThan(500);
    expect(await refusal(file('huge.png', claim([1_000_000, 1_000_000])))).toMatch(/1000000\.00 megapixels/);
    expect(await refusal(file('beyond.png', claim([2 ** 31, 2 ** 31])))).toMatch(
      /beyond\.png: the PNG data are damaged/,
    );
  });

  test('more pixels or bytes than the caller allows', async () => {
    const picture = file('small.png', png({ depth: 8, colour: 2, samples: rgb }));
    expect((await readPhoto(picture, { maxPixels: 48 })).width).toBe(8);
    expect(await refusal(picture, { maxPixels: 47 })).toMatch(/8×6 pixels/);
    expect(await refusal(picture, { maxBytes: 20 })).toMatch(/bytes, the limit is 20/);
  });
});
