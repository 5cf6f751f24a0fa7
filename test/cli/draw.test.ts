import { colourTable, drawOverlay, drawSaliency, type RgbImage, stretchSaliency } from 'igos/pictures';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeJpeg, encodePng } from '../../packages/cli/src/draw/png.ts';

const colour = (entry: number) => [...colourTable.subarray(3 * entry, 3 * entry + 3)];
const pixel = ({ data, width }: RgbImage, x: number, y: number) => {
  const at = 3 * (y * width + x);
  return [...data.subarray(at, at + 3)];
};
const flat = (width: number, height: number, value: number): RgbImage => ({
  width,
  height,
  data: new Uint8Array(3 * width * height).fill(value),
});

describe('the colour map', () => {
  /** CIE lightness L* of an sRGB colour. */
  const lightness = (rgb: number[]) => {
    const [r, g, b] = rgb.map((v) => (v > 10.31 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92)) as [
      number,
      number,
      number,
    ];
    return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
  };
  const ladder = Array.from({ length: 16 }, (_, i) => lightness(colour(17 * i)));

  test('has the ends of plasma', () => {
    expect(colourTable.length).toBe(768);
    expect([colour(0), colour(255)]).toEqual([
      [13, 8, 135],
      [240, 249, 33],
    ]);
  });

  test('only gets lighter, in steps of like size', () => {
    const steps = ladder.slice(1).map((value, i) => value - (ladder[i] as number));
    expect(Math.min(...steps)).toBeGreaterThan(2);
    expect(Math.max(...steps)).toBeLessThan(10);
    expect((ladder[15] as number) - (ladder[0] as number)).toBeGreaterThan(70);
  });
});

describe('stretchSaliency', () => {
  test('takes the least to 0 and the greatest to 1', () => {
    expect(stretchSaliency({ data: Float32Array.of(0.25, 0.5, 0.75), shape: [1, 3] }).data).toEqual(
      Float64Array.of(0, 0.5, 1),
    );
  });

  test('of a constant map is all 0', () => {
    expect(stretchSaliency({ data: Float32Array.of(0.7, 0.7), shape: [1, 2] }).data).toEqual(Float64Array.of(0, 0));
  });
});

describe('drawOverlay', () => {
  const saliency = { data: Float32Array.of(0, 0.5, 1), shape: [1, 3] };
  const photo = flat(5, 3, 100);
  const crop = { x: 1, y: 1, width: 3, height: 1 };

  test('blends (1 - h^0.8) of the photo with h^0.8 of the colour', () => {
    const overlay = drawOverlay(photo, saliency, crop);
    const opacity = 0.5 ** 0.8;
    expect(pixel(overlay, 1, 1)).toEqual([100, 100, 100]);
    expect(pixel(overlay, 2, 1)).toEqual(colour(128).map((value) => Math.round((1 - opacity) * 100 + opacity * value)));
    expect(pixel(overlay, 3, 1)).toEqual(colour(255));
  });

  test('dims what lies outside the crop', () => {
    const overlay = drawOverlay(photo, saliency, crop);
    expect([overlay.width, overlay.height]).toEqual([5, 3]);
    for (const [x, y] of [
      [0, 1],
      [4, 1],
      [1, 0],
      [3, 2],
    ] as const)
      expect(pixel(overlay, x, y)).toEqual([50, 50, 50]);
  });

  test('a constant map leaves the photo in the crop as it is', () => {
    const constant = { data: new Float32Array(4).fill(1), shape: [2, 2] };
    expect(drawOverlay(photo, constant, { x: 0, y: 0, width: 5, height: 3 })).toEqual(photo);
  });

  test('leaves its photo untouched', () => {
    const own = flat(2, 2, 9);
    drawOverlay(own, saliency, { x: 0, y: 0, width: 2, height: 2 });
    expect(own).toEqual(flat(2, 2, 9));
  });

  test('refuses a map with channels', () => {
    expect(() => drawOverlay(photo, { data: new Float32Array(3), shape: [1, 1, 3] }, crop)).toThrow(
      /\[height, width\]/,
    );
  });
});

describe('drawSaliency', () => {
  test('enlarges the map bilinearly, half-pixel centres, rows as well as columns', () => {
    const saliency = { data: Float32Array.of(0, 1, 0, 1), shape: [2, 2] };
    const wide = drawSaliency(flat(4, 2, 0), saliency, { x: 0, y: 0, width: 4, height: 2 });
    const entries = [0, 64, 191, 255]; // 0, 1/4, 3/4, 1 of 255
    for (const [x, entry] of entries.entries()) expect(pixel(wide, x, 0)).toEqual(colour(entry));
    const turned = { data: Float32Array.of(0, 0, 1, 1), shape: [2, 2] };
    const tall = drawSaliency(flat(2, 4, 0), turned, { x: 0, y: 0, width: 2, height: 4 });
    for (const [y, entry] of entries.entries()) expect(pixel(tall, 1, y)).toEqual(colour(entry));
  });

  test('puts row and column where they belong, in a crop that is not square', () => {
    const hot = new Float32Array(12);
    hot[1 * 4 + 3] = 1; // row 1 of 3, column 3 of 4
    const drawn = drawSaliency(flat(10, 10, 200), { data: hot, shape: [3, 4] }, { x: 2, y: 5, width: 4, height: 3 });
    expect(pixel(drawn, 5, 6)).toEqual(colour(255));
    expect(pixel(drawn, 4, 6)).toEqual(colour(0));
    expect(pixel(drawn, 5, 7)).toEqual(colour(0));
    expect(pixel(drawn, 5, 8)).toEqual([100, 100, 100]);
  });

  test('a photo of one pixel', () => {
    const saliency = { data: Float32Array.of(0, 1, 0, 1), shape: [2, 2] };
    expect(pixel(drawSaliency(flat(1, 1, 0), saliency, { x: 0, y: 0, width: 1, height: 1 }), 0, 0)).toEqual(
      colour(128),
    );
  });
});

describe('encoding', () => {
  const picture: RgbImage = { width: 16, height: 8, data: Uint8Array.from({ length: 384 }, (_, i) => (i * 5) % 256) };

  test('PNG keeps every pixel, without alpha', async () => {
    const { data, info } = await sharp(await encodePng(picture))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([16, 8, 3]);
    expect(new Uint8Array(data)).toEqual(picture.data);
  });

  test('the same picture gives the same bytes', async () => {
    expect(await encodePng(picture)).toEqual(await encodePng(picture));
  });

  test('JPEG is near, and smaller at a lower quality', async () => {
    const soft: RgbImage = { ...picture, data: picture.data.map((_, i) => 100 + Math.floor(i / 8)) };
    const fine = await encodeJpeg(soft, { quality: 95 });
    expect((await sharp(fine).metadata()).format).toBe('jpeg');
    const decoded = await sharp(fine).raw().toBuffer();
    expect(Math.max(...soft.data.map((value, i) => Math.abs(value - (decoded[i] as number))))).toBeLessThan(6);
    expect((await encodeJpeg(soft, { quality: 30 })).length).toBeLessThan(fine.length);
  });
});
