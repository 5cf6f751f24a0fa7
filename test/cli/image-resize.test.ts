import { crc32 } from 'node:zlib';
import {
  cropImage,
  cropRectangle,
  type ResizeFilter,
  type RgbImage,
  resampleWeights,
  resize,
  resizeFilters,
} from 'igos/pictures';
import { describe, expect, test } from 'vitest';
import { readPhoto } from '../../packages/cli/src/image/read-photo.ts';

const models = new URL('../../models/', import.meta.url).pathname;

function picture(width: number, height: number, value: (x: number, y: number, c: number) => number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i++)
    data[i] = value(Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3) % 256;
  return { width, height, data };
}

describe('cropRectangle', () => {
  test.each<[photo: [number, number], fraction: number, expected: number[]]>([
    [[512, 384], 0.875, [88, 24, 336, 336]],
    [[384, 512], 0.875, [24, 88, 336, 336]],
    [[451, 300], 0.875, [94, 19, 262, 262]], // 262.5 goes to the even number
    [[100, 4], 0.875, [48, 0, 4, 4]], // 3.5 too
    [[512, 341], 0.875, [107, 21, 298, 298]], // 298.375, and the corner rounded down
    [[1, 4000], 0.875, [0, 1999, 1, 1]],
    [[1, 1], 0.1, [0, 0, 1, 1]],
    [[10, 20], 1, [0, 5, 10, 10]],
  ])('the centre of %j, fraction %d', ([width, height], fraction, expected) => {
    expect(Object.values(cropRectangle('centre', { width, height }, fraction))).toEqual(expected);
  });

  test('square and none', () => {
    expect(cropRectangle('square', { width: 512, height: 341 })).toEqual({ x: 85, y: 0, width: 341, height: 341 });
    expect(cropRectangle('none', { width: 512, height: 341 })).toEqual({ x: 0, y: 0, width: 512, height: 341 });
    expect(cropRectangle('centre', { width: 512, height: 384 }).width).toBe(336); // 0.875 unless told otherwise
  });

  test.each([0, -1, 1.01, Number.NaN])('refuses the fraction %d', (fraction) => {
    expect(() => cropRectangle('centre', { width: 8, height: 8 }, fraction)).toThrow(/\(0, 1\]/);
  });
});

describe('resampleWeights', () => {
  test('doubling with bilinear: a quarter and three quarters, the border repeated', () => {
    const { first, weights } = resampleWeights(2, 4, 'bilinear');
    expect(first).toEqual([0, 0, 0, 1]);
    expect(weights.map((row) => [...row])).toEqual([[1], [0.75, 0.25], [0.25, 0.75], [1]]);
  });

  test('halving with bilinear: the widened triangle, 1 3 3 1', () => {
    const { first, weights } = resampleWeights(8, 4, 'bilinear');
    expect([first[1], [...(weights[1] ?? [])]]).toEqual([1, [0.125, 0.375, 0.375, 0.125]]);
  });

  test('doubling with bicubic: Keys at distances 1.75, 0.75, 0.25, 1.25', () => {
    const { first, weights } = resampleWeights(8, 16, 'bicubic');
    expect(first[8]).toBe(2); // output 8 lies at 3.75 inputs: after the centre of input 3
    expect([...(weights[8] ?? [])]).toEqual([-0.0234375, 0.2265625, 0.8671875, -0.0703125]);
  });

  test.each(resizeFilters)('%s keeps sums and, at the same size, every sample', (filter) => {
    for (const [from, to] of [
      [5, 3],
      [3, 11],
      [1, 7],
      [4000, 1],
      [224, 224],
    ] as const) {
      const { first, weights } = resampleWeights(from, to, filter);
      expect(weights.length).toBe(to);
      weights.forEach((row, i) => {
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect((first[i] as number) + row.length).toBeLessThanOrEqual(from);
        if (from === to) expect(row[i - (first[i] as number)]).toBe(1);
      });
    }
  });
});

/** Pillow 13.0's result for this picture: bytes where short, else their CRC-32. */
describe('resize agrees with Pillow to the byte', () => {
  const source = picture(7, 5, (x, y, c) => x * x * 31 + y * 57 + c * 101 + x * y * 13);
  const small: [ResizeFilter, [number, number], number[]][] = [
    ['bicubic', [3, 2], [85, 140, 117, 131, 138, 136, 139, 147, 122, 163, 100, 115, 129, 134, 88, 173, 138, 113]],
    ['bicubic', [1, 1], [136, 133, 115]],
    ['bilinear', [3, 2], [93, 138, 115, 128, 140, 130, 141, 146, 122, 157, 102, 115, 131, 136, 91, 168, 138, 114]],
    ['bilinear', [1, 1], [136, 132, 116]],
    ['nearest', [3, 2], [101, 202, 47, 119, 220, 65, 129, 230, 75, 241, 86, 187, 55, 156, 1, 117, 218, 63]],
    ['nearest', [1, 1], [215, 60, 161]],
  ];
  test.each(small)('%s to %j', (filter, [width, height], expected) => {
    expect([...resize(source, { width, height }, { filter }).data]).toEqual(expected);
  });

  test.each([
    ['bicubic', [11, 9], 59938029],
    ['bicubic', [7, 12], 792381865],
    ['bilinear', [11, 9], 1188992887],
    ['bilinear', [7, 12], 1740712173],
    ['nearest', [11, 9], 1891242651],
    ['nearest', [7, 12], 3893581145],
  ] as const)('%s to %j', (filter, [width, height], expected) => {
    expect(crc32(resize(source, { width, height }, { filter }).data)).toBe(expected);
  });

  test('a picture of 1×4000', () => {
    const thin = picture(1, 4000, (_x, y, c) => y * 37 + c * 50);
    const expected = [127, 128, 128, 127, 128, 128, 128, 128, 128, 128, 128, 128, 128, 127, 127, 128, 127, 127];
    expect([...resize(thin, { width: 2, height: 3 }, { filter: 'bicubic' }).data]).toEqual(expected);
  });

  test.each(['dog', 'cat', 'panda', 'espresso'])(
    'the reference crop of %s.jpg: JPEG, centre crop, bicubic',
    async (name) => {
      const photo = await readPhoto(`${models}photos/${name}.jpg`);
      const reference = await readPhoto(`${models}efficientnet-lite0/reference/${name}.png`);
      const crop = cropRectangle('centre', photo, 0.875);
      const resized = resize(photo, { width: 224, height: 224 }, { filter: 'bicubic', crop });
      const differing = resized.data.filter((value, i) => value !== reference.data[i]);
      expect(differing.length).toBe(0);
    },
  );
});

describe('resize', () => {
  test('to the same size is the same picture', () => {
    const source = picture(7, 5, (x, y, c) => 31 * x + 57 * y + 90 * c);
    for (const filter of resizeFilters) expect(resize(source, { width: 7, height: 5 }, { filter })).toEqual(source);
  });

  test('does not see beyond the crop', () => {
    const source = picture(9, 9, (x, y) => (x > 2 && x < 6 && y > 2 && y < 6 ? 40 : 255));
    const crop = { x: 3, y: 3, width: 3, height: 3 };
    const { data } = resize(source, { width: 6, height: 2 }, { filter: 'bicubic', crop });
    expect(data.every((value) => value === 40)).toBe(true);
  });

  test('clamps where a bicubic curve overshoots', () => {
    const edge = picture(4, 1, (x) => (x < 2 ? 0 : 255));
    const { data } = resize(edge, { width: 16, height: 1 }, { filter: 'bicubic' });
    expect([Math.min(...data), Math.max(...data)]).toEqual([0, 255]);
    expect(data[3 * 5]).toBe(0); // undershoots, would be negative
    expect(data[3 * 10]).toBe(255);
  });

  test('a crop beyond the picture is refused', () => {
    const source = picture(4, 4, () => 0);
    expect(() => cropImage(source, { x: 2, y: 0, width: 3, height: 1 })).toThrow(/leaves a picture of 4×4/);
    expect(() => cropImage(source, { x: 0, y: -1, width: 1, height: 1 })).toThrow(RangeError);
  });
});
