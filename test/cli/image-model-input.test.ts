import {
  type ChannelOrder,
  inputScales,
  inputToPixels,
  parseInputScale,
  pixelsToInput,
  stretchedEncoding,
} from 'igos/pictures';
import { describe, expect, test } from 'vitest';

/** Two pixels side by side. */
const image = { width: 2, height: 1, data: Uint8Array.of(0, 127, 255, 10, 20, 30) };

describe('parseInputScale', () => {
  test.each([
    ['0..1', [0], [255]],
    ['-1..1', [127.5], [127.5]],
    ['127/128', [127], [128]],
    ['0/1', [0], [1]],
    ['-1.5e1/.5', [-15], [0.5]],
    ['1,2,3/4', [1, 2, 3], [4]],
    ['123.7, 116.3, 103.5/58.4,57.1,57.4', [123.7, 116.3, 103.5], [58.4, 57.1, 57.4]],
  ])('%s', (text, mean, std) => {
    expect(parseInputScale(text)).toEqual({ mean, std });
  });

  test('imagenet is 255 times the usual mean and deviation of 0..1', () => {
    const { mean, std } = parseInputScale('imagenet');
    for (const [c, value] of [0.485, 0.456, 0.406].entries()) expect(mean[c]).toBeCloseTo(255 * value, 10);
    for (const [c, value] of [0.229, 0.224, 0.225].entries()) expect(std[c]).toBeCloseTo(255 * value, 10);
  });

  test.each(['', '0..2', '127', '1/2/3', 'toString', '__proto__'])("refuses '%s', naming what there is", (text) => {
    expect(() => parseInputScale(text)).toThrow(
      `'${text}' is no input scale: use 0..1, -1..1, imagenet or <mean>/<std>`,
    );
  });

  test.each([
    ['a/1', /mean of an input scale is \[NaN\]/],
    ['/1', /mean of an input scale/],
    ['0/', /std of an input scale/],
    ['0/0', /std of an input scale is \[0\], needed are numbers above 0/],
    ['0/-1', /above 0/],
    ['0/Infinity', /above 0/],
    ['Infinity/1', /not finite/],
    ['1,2/3', /1 or 3 values for mean and for std, got 2/],
    ['1/1,2,3,4', /got 4/],
  ])("refuses '%s'", (text, message) => {
    expect(() => parseInputScale(text)).toThrow(message);
  });
});

describe('pixelsToInput', () => {
  test('(pixel - mean) / std, [height, width, channels]', () => {
    const input = pixelsToInput(image, { channelOrder: 'rgb', mean: [127], std: [128] });
    expect(input).toEqual({
      data: Float32Array.of(-127 / 128, 0, 1, -117 / 128, -107 / 128, -97 / 128),
      shape: [1, 2, 3],
    });
  });

  test('one mean and std a channel, in the order of the model', () => {
    const input = pixelsToInput(image, { channelOrder: 'bgr', mean: [255, 127, 0], std: [1, 2, 4] });
    expect([...input.data]).toEqual([0, 0, 0, -225, -53.5, 2.5]);
  });

  test('is rounded to float32 once', () => {
    const { data } = pixelsToInput(image, { channelOrder: 'rgb', ...parseInputScale('imagenet') });
    expect(data[3]).toBe(Math.fround((10 - 123.675) / 58.395));
  });

  test('grey: the luma 0.299 R + 0.587 G + 0.114 B, rounded to 8 bits', () => {
    const input = pixelsToInput(image, { channelOrder: 'grey', mean: [0], std: [1] });
    expect(input.shape).toEqual([1, 2, 1]);
    expect([...input.data]).toEqual([104, 18]); // 103.619 and 18.15
  });

  test('grey: a grey picture keeps its values, all 256 of them', () => {
    const shades = Uint8Array.from({ length: 256 }, (_, i) => i);
    const ramp = { width: 256, height: 1, data: Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)) };
    expect(pixelsToInput(ramp, { channelOrder: 'grey', mean: [0], std: [1] }).data).toEqual(Float32Array.from(shades));
  });

  test('grey: three means are refused', () => {
    expect(() => pixelsToInput(image, { channelOrder: 'grey', ...parseInputScale('imagenet') })).toThrow(/one mean/);
  });
});

describe('inputToPixels', () => {
  const ramp = { width: 16, height: 16, data: Uint8Array.from({ length: 768 }, (_, i) => (i * 7) % 256) };

  test.each(Object.keys(inputScales))('undoes %s, in every order of the channels', (name) => {
    for (const channelOrder of ['rgb', 'bgr'] as const) {
      const encoding = { channelOrder, ...parseInputScale(name) };
      expect(inputToPixels(pixelsToInput(ramp, encoding), encoding)).toEqual(ramp);
    }
  });

  test('a grey input becomes three equal channels', () => {
    const input = { data: Float32Array.of(0, 0.5, 1), shape: [3, 1, 1] };
    const pixels = inputToPixels(input, { channelOrder: 'grey', mean: [0], std: [255] });
    expect(pixels).toEqual({ width: 1, height: 3, data: Uint8Array.of(0, 0, 0, 128, 128, 128, 255, 255, 255) });
  });

  test('clamps what no pixel can show', () => {
    const input = { data: Float32Array.of(-0.5, 0.25, 7), shape: [1, 1, 3] };
    const { data } = inputToPixels(input, { channelOrder: 'rgb', mean: [0], std: [255] });
    expect([...data]).toEqual([0, 64, 255]);
  });

  test.each<[ChannelOrder, number[]]>([
    ['rgb', [1, 1, 1]],
    ['grey', [1, 1, 3]],
    ['bgr', [1, 3]],
  ])('refuses for %s an input of shape %j', (channelOrder, shape) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    expect(() => inputToPixels({ data, shape }, { channelOrder, mean: [0], std: [1] })).toThrow(/channels, got \[/);
  });
});

describe('stretchedEncoding', () => {
  test('shows the least value black and the greatest white', () => {
    const input = { data: Float32Array.of(-3, -1, 1, 1, 1, 1), shape: [1, 2, 3] };
    expect([...inputToPixels(input, stretchedEncoding(input)).data]).toEqual([0, 128, 255, 255, 255, 255]);
  });

  test('a constant input is black, and one channel is grey', () => {
    const input = { data: Float32Array.of(5, 5), shape: [1, 2, 1] };
    expect([...inputToPixels(input, stretchedEncoding(input)).data]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
