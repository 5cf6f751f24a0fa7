import { compile, gaussianBlur, input, referenceBackend } from '@igos/autograd';
import fc from 'fast-check';
import { baselines, defaultBlur, makeBaseline, OptionError } from 'igos';
import { describe, expect, test } from 'vitest';
import { goldenRuns, largestDifference } from '../support/igos-golden.ts';
import { array } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const photo = array([14, 9, 3], seededValues(1, 14 * 9 * 3, [0, 1]));

test.each(Object.entries(baselines))('%s is float32 of the shape of the image', (_, baseline) => {
  const { data, shape } = makeBaseline(baseline, photo);
  expect(data).toBeInstanceOf(Float32Array);
  expect(data.length).toBe(photo.data.length);
  expect(shape).toEqual(photo.shape);
  expect(data.every(Number.isFinite)).toBe(true);
});

describe('blur', () => {
  test.each([
    [224, 51, 50],
    [64, 15, 14.285714],
    [32, 7, 7.142857],
    [28, 7, 6.25],
    [8, 3, 1.785714],
  ])('at %i pixels has %i taps and sigma %d', (side, size, sigma) => {
    const blur = defaultBlur(side, 2 * side);
    expect(blur.size).toBe(size);
    expect(blur.sigma).toBeCloseTo(sigma, 5);
  });

  test('51 taps of sigma 50 are nearly a box: the edge weighs 0.882 of the centre', () => {
    const impulse = array([101, 101, 1], (i) => (i === 50 * 101 + 50 ? 1 : 0));
    const { data } = makeBaseline(baselines.blur, impulse, { blurSize: 51, blurSigma: 50 });
    expect(data[50 * 101 + 25]! / data[50 * 101 + 50]!).toBeCloseTo(0.8825, 3);
    expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  test('mirrors around the edge pixel: a ramp begins with 0.548', () => {
    const ramp = array([5, 5, 1], (i) => i % 5);
    const { data } = makeBaseline(baselines.blur, ramp, { blurSize: 3, blurSigma: 1 });
    expect(data[0]).toBeCloseTo(0.548, 3);
  });

  test('a constant image stays constant', () => {
    const { data } = makeBaseline(
      baselines.blur,
      array([9, 13, 2], (i) => (i % 2 ? 0.75 : -3)),
    );
    for (const [i, value] of data.entries()) expect(value).toBeCloseTo(i % 2 ? 0.75 : -3, 6);
  });

  test('is the blur of the autodiff engine', async () => {
    const images = input('x', [1, ...photo.shape]);
    const program = compile(
      { inputs: [images], outputs: { y: gaussianBlur(images, { size: 7, sigma: 3 }) } },
      referenceBackend,
    );
    const { y } = await program.run({ x: { data: photo.data, shape: images.shape } });
    const ours = makeBaseline(baselines.blur, photo, { blurSize: 7, blurSigma: 3 });
    expect(largestDifference(ours.data, y!.data)).toBeLessThan(1e-7);
  });

  test('gives the stored baselines of the golden runs', () => {
    const settings = { digits: [5, 4], mobile: [5, 4], trained16: [15, 14] } as const;
    for (const [network, [blurSize, blurSigma]] of Object.entries(settings)) {
      for (const { image, baseline } of goldenRuns(network)) {
        const { data } = makeBaseline(baselines.blur, image, { blurSize, blurSigma });
        // The sums run in another order than numpy's: a value may round the other way.
        expect(largestDifference(data, baseline.data)).toBeLessThanOrEqual(1.2e-7);
      }
    }
  });

  test('refuses a radius that reaches the side, naming the largest size', () => {
    expect(() => makeBaseline(baselines.blur, photo, { blurSize: 19 })).toThrow(/give at most 17/);
    const setting = expect.objectContaining({ setting: 'blurSize' });
    expect(() => makeBaseline(baselines.blur, photo, { blurSize: 19 })).toThrow(setting);
    expect(() => makeBaseline(baselines.blur, photo, { blurSize: 17 })).not.toThrow();
    expect(() =>
      makeBaseline(
        baselines.blur,
        array([1, 1, 1], () => 0),
      ),
    ).toThrow(OptionError);
  });

  test.each([{ blurSize: 4 }, { blurSize: 0 }, { blurSigma: 0 }, { blurSigma: Number.NaN }])(
    'refuses %o',
    (options) => {
      expect(() => makeBaseline(baselines.blur, photo, options)).toThrow(OptionError);
    },
  );
});

describe('fills in the units of the image', () => {
  test('black and mean are what the caller says they are, by channel', () => {
    const normalized = { black: [-2.1, -2, -1.8], mean: 0 };
    expect([...makeBaseline(baselines.black, photo, normalized).data.slice(0, 4)]).toEqual(
      [-2.1, -2, -1.8, -2.1].map(Math.fround),
    );
    expect(makeBaseline(baselines.mean, photo, normalized).data.every((value) => value === 0)).toBe(true);
  });

  test('a pixel needs a value for every channel', () => {
    expect(() => makeBaseline(baselines.black, photo, { black: [0, 0] })).toThrow('a pixel needs 3 channels, got 2');
  });

  test('noise is seeded and uniform over the pixel range', () => {
    const options = { range: [-1, 3], seed: 5 } as const;
    const big = array([80, 80, 3], () => 0);
    const { data } = makeBaseline(baselines.noise, big, options);
    expect(makeBaseline(baselines.noise, big, options).data).toEqual(data);
    expect(makeBaseline(baselines.noise, big, { ...options, seed: 6 }).data).not.toEqual(data);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...data)).toBeLessThanOrEqual(3);
    expect(data.reduce((sum, value) => sum + value, 0) / data.length).toBeCloseTo(1, 1);
  });
});

describe('median', () => {
  test('removes a single bright pixel and keeps an edge', () => {
    const edge = array([6, 6, 1], (i) => (i % 6 < 3 ? 0 : 1));
    edge.data[7] = 9;
    const { data } = makeBaseline(baselines.median, edge, { medianSize: 3 });
    expect([...data]).toEqual(Array.from({ length: 36 }, (_, i) => (i % 6 < 3 ? 0 : 1)));
  });

  test('is the middle of the sorted window, the border repeated', () => {
    const [height, width, channels] = [7, 9, 2];
    const image = array([height, width, channels], (i) => 10 + Math.round(10 * Math.sin(i * i)));
    const inside = (index: number, length: number) => Math.min(length - 1, Math.max(0, index));
    const middle = Array.from({ length: height * width * channels }, (_, i) => {
      const [row, column] = [Math.floor(i / channels / width), Math.floor(i / channels) % width];
      const window = Array.from({ length: 25 }, (_, j) => {
        const pixel = inside(row + Math.floor(j / 5) - 2, height) * width + inside(column + (j % 5) - 2, width);
        return image.data[pixel * channels + (i % channels)]!;
      });
      return window.sort((a, b) => a - b)[12]!;
    });
    expect([...makeBaseline(baselines.median, image, { medianSize: 5 }).data]).toEqual(middle);
  });

  test('mixed is the mean of blur and median', () => {
    const [blur, median, mixed] = [baselines.blur, baselines.median, baselines.mixed].map(
      (baseline) => makeBaseline(baseline, photo).data,
    );
    for (const [i, value] of mixed!.entries()) expect(value).toBeCloseTo((blur![i]! + median![i]!) / 2, 6);
  });
});

test('blur and median stay between the smallest and the largest value of each channel', () => {
  const size = fc.integer({ min: 3, max: 9 });
  fc.assert(
    fc.property(size, size, fc.integer(), (height, width, seed) => {
      const image = array([height, width, 1], seededValues(seed, height * width, [-5, 5]));
      for (const baseline of [baselines.blur, baselines.median, baselines.mixed]) {
        const { data } = makeBaseline(baseline, image);
        expect(Math.min(...data)).toBeGreaterThanOrEqual(Math.min(...image.data) - 1e-6);
        expect(Math.max(...data)).toBeLessThanOrEqual(Math.max(...image.data) + 1e-6);
      }
    }),
    { numRuns: 40 },
  );
});

test('an image needs three axes', () => {
  expect(() => makeBaseline(baselines.blur, { data: new Float32Array(4), shape: [2, 2] })).toThrow(
    '[height, width, channels]',
  );
});

test.each([
  ['blur', "'blur'"],
  [undefined, 'undefined'],
  [photo, 'object'],
])('what makes no baseline is refused: %o', (baseline, got) => {
  const make = () => makeBaseline(baseline as never, photo);
  expect(make).toThrow(OptionError);
  expect(make).toThrow(new OptionError(`baseline must be a function such as baselines.blur, got ${got}`));
});
