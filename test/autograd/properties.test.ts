import {
  add,
  averagePool,
  batchToSpace,
  classProbability,
  conv2d,
  depthwiseConv2d,
  exp,
  logSoftmax,
  matmul,
  max,
  maxPool,
  mul,
  pad,
  reverse,
  slice,
  softmax,
  spaceToBatch,
  sum,
  type Tensor,
  transpose,
} from '@igos/autograd';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectNumbers, numbers } from '../support/numbers.ts';
import {
  randomBox,
  randomMargins,
  seededTensor,
  seeds,
  shapes,
  shuffledAxes,
  type WindowCase,
  windows,
  windowsAlong,
} from '../support/random-shapes.ts';

const runs = { numRuns: 200, seed: 20 };
const few = fc.integer({ min: 1, max: 3 });

/** Reads `[n, h, w, c]`, undefined outside the image. */
function pixelsOf(image: Tensor) {
  const values = numbers(image);
  const [, rows = 0, columns = 0, channels = 0] = image.shape;
  return ([n, y, x, c]: readonly [number, number, number, number]): number | undefined =>
    y < 0 || y >= rows || x < 0 || x >= columns ? undefined : values[((n * rows + y) * columns + x) * channels + c];
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** For every place of a window, row-major, a function of the channel: the pixels under its taps, undefined outside. */
function slide(image: Tensor, window: WindowCase): ((channel: number) => (number | undefined)[])[] {
  const [rows, columns] = [windowsAlong(0, window), windowsAlong(1, window)];
  const { size, strides, dilations } = window;
  const pixel = pixelsOf(image);
  const places = range(window.image[0]).flatMap((n) =>
    range(rows.count).flatMap((row) => range(columns.count).map((column) => ({ n, row, column }))),
  );
  const taps = range(size[0]).flatMap((r) => range(size[1]).map((c) => [r, c] as const));
  return places.map(
    ({ n, row, column }) =>
      (channel) =>
        taps.map(([r, c]) => {
          const y = row * strides[0] + r * dilations[0] - rows.before;
          const x = column * strides[1] + c * dilations[1] - columns.before;
          return pixel([n, y, x, channel]);
        }),
  );
}

describe('the definition of', () => {
  test('conv2d: a sum over the pixels under the filter', () => {
    fc.assert(
      fc.property(windows(), few, seeds, (window, outputs, seed) => {
        const [image, filter] = [
          seededTensor(seed, window.image),
          seededTensor(seed + 1, [...window.size, window.image[3], outputs]),
        ];
        const weights = numbers(filter);
        const channels = window.image[3];
        const expected = slide(image, window).flatMap((under) =>
          range(outputs).map((o) =>
            range(channels).reduce(
              (total, c) =>
                under(c).reduce<number>(
                  (part, pixel = 0, tap) => part + pixel * weights[(tap * channels + c) * outputs + o]!,
                  total,
                ),
              0,
            ),
          ),
        );
        expectNumbers(conv2d(image, filter, window), expected);
      }),
      runs,
    );
  });

  test('depthwiseConv2d: the same for each channel alone', () => {
    fc.assert(
      fc.property(windows(), few, seeds, (window, multiplier, seed) => {
        const channels = window.image[3];
        const [image, filter] = [
          seededTensor(seed, window.image),
          seededTensor(seed + 1, [...window.size, channels, multiplier]),
        ];
        const weights = numbers(filter);
        const expected = slide(image, window).flatMap((under) =>
          range(channels).flatMap((c) =>
            range(multiplier).map((m) =>
              under(c).reduce<number>(
                (total, pixel = 0, tap) => total + pixel * weights[(tap * channels + c) * multiplier + m]!,
                0,
              ),
            ),
          ),
        );
        expectNumbers(depthwiseConv2d(image, filter, window), expected);
      }),
      runs,
    );
  });

  const poolings = windows({ maxDilation: 1, maxMargin: 0 });
  const real = (pixels: (number | undefined)[]) => pixels.filter((pixel) => pixel !== undefined);

  test('maxPool: the largest real pixel', () => {
    fc.assert(
      fc.property(poolings, seeds, (window, seed) => {
        const image = seededTensor(seed, window.image);
        const expected = slide(image, window).flatMap((under) =>
          range(window.image[3]).map((c) => Math.max(...real(under(c)))),
        );
        expectNumbers(maxPool(image, window), expected);
      }),
      runs,
    );
  });

  test('averagePool: the average of the real pixels', () => {
    fc.assert(
      fc.property(poolings, seeds, (window, seed) => {
        const image = seededTensor(seed, window.image);
        const average = (list: number[]) => list.reduce((total, each) => total + each, 0) / list.length;
        const expected = slide(image, window).flatMap((under) =>
          range(window.image[3]).map((c) => average(real(under(c)))),
        );
        expectNumbers(averagePool(image, window), expected);
      }),
      runs,
    );
  });

  test('matmul, either side transposed', () => {
    fc.assert(
      fc.property(
        few,
        few,
        fc.record({ inner: few, transposeA: fc.boolean(), transposeB: fc.boolean() }),
        (m, n, { inner, ...how }) => {
          const [a, b] = [seededTensor(1, [m, inner]), seededTensor(2, [inner, n])];
          const [left, right] = [numbers(a), numbers(b)];
          const expected = range(m).flatMap((i) =>
            range(n).map((j) => range(inner).reduce((total, k) => total + left[i * inner + k]! * right[k * n + j]!, 0)),
          );
          const given = [how.transposeA ? transpose(a, [1, 0]) : a, how.transposeB ? transpose(b, [1, 0]) : b] as const;
          expectNumbers(matmul(...given, how), expected);
        },
      ),
      runs,
    );
  });
});

describe('what undoes what', () => {
  test('slice takes back what pad put around, in every mode', () => {
    fc.assert(
      fc.property(
        shapes,
        seeds,
        fc.constantFrom('constant' as const, 'reflect' as const, 'symmetric' as const),
        (shape, seed, mode) => {
          const x = seededTensor(seed, shape);
          const margins = randomMargins(shape, seed);
          const padded = pad(x, margins, { mode, value: 7 });
          expect(numbers(slice(padded, { begin: margins.map(([before]) => before), size: shape }))).toEqual(numbers(x));
        },
      ),
      runs,
    );
  });

  test('padding with a value adds just that value', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const x = seededTensor(seed, shape);
        const padded = numbers(pad(x, randomMargins(shape, seed), { value: 7 }));
        const inside = numbers(x);
        expect(padded.filter((value) => value !== 7)).toEqual(inside);
      }),
      runs,
    );
  });

  test('a slice of a slice is one slice', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const x = seededTensor(seed, shape);
        const first = randomBox(shape, seed);
        const second = randomBox(first.size, seed + 1);
        const begin = first.begin.map((start, axis) => start + second.begin[axis]! * first.strides[axis]!);
        const strides = first.strides.map((stride, axis) => stride * second.strides[axis]!);
        const once = slice(x, { begin, size: second.size, strides });
        expect(numbers(slice(slice(x, first), second))).toEqual(numbers(once));
      }),
      runs,
    );
  });

  test('a transpose by the inverse order, and reversing twice', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const x = seededTensor(seed, shape);
        const perm = shuffledAxes(shape, seed);
        const inverse = perm.map((_, axis) => perm.indexOf(axis));
        expect(numbers(transpose(transpose(x, perm), inverse))).toEqual(numbers(x));
        expect(numbers(reverse(reverse(x, perm[0]!), perm[0]!))).toEqual(numbers(x));
      }),
      runs,
    );
  });

  test('batchToSpace of spaceToBatch, and a dilated convolution is a plain one between them', () => {
    fc.assert(
      fc.property(
        fc.tuple(few, few),
        fc.record({ n: few, rows: few, columns: few, c: few }),
        seeds,
        (block, { n, rows, columns, c }, seed) => {
          const x = seededTensor(seed, [n, (rows + 2) * block[0], (columns + 2) * block[1], c]);
          const none = [
            [0, 0],
            [0, 0],
          ] as const;
          const spread = spaceToBatch(x, block, none);
          expect(numbers(batchToSpace(spread, block, none))).toEqual(numbers(x));
          const filter = seededTensor(seed + 1, [3, 2, c, 2]);
          const plain = batchToSpace(conv2d(spread, filter, { padding: 'valid' }), block, none);
          expectNumbers(conv2d(x, filter, { padding: 'valid', dilations: block }), numbers(plain));
        },
      ),
      runs,
    );
  });

  test('reductions one axis at a time', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const x = seededTensor(seed, shape);
        const axes = shuffledAxes(shape, seed).slice(1);
        for (const reduce of [sum, max]) {
          const oneByOne = axes.reduce((part, axis) => reduce(part, { axes: axis, keepDims: true }), x);
          expectNumbers(reduce(x, { axes, keepDims: true }), numbers(oneByOne));
        }
      }),
      runs,
    );
  });
});

describe('softmax', () => {
  test('gives shares that make 1, whatever is added to all logits', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (shape, seed, shift) => {
        const logits = seededTensor(seed, shape);
        const shares = softmax(logits, 0);
        const totals = sum(shares, { axes: 0 });
        expectNumbers(
          totals,
          numbers(totals).map(() => 1),
        );
        const moved = numbers(softmax(add(logits, shift), 0));
        numbers(shares).forEach((share, i) => void expect(Math.abs(share - moved[i]!)).toBeLessThan(1e-9));
      }),
      runs,
    );
  });

  test('is the exponential of logSoftmax, and classProbability its column', () => {
    fc.assert(
      fc.property(few, few, seeds, (rows, classes, seed) => {
        const logits = mul(seededTensor(seed, [rows, classes]), 100);
        const shares = numbers(softmax(logits));
        expectNumbers(exp(logSoftmax(logits)), shares);
        const index = seed % classes;
        expectNumbers(
          classProbability(logits, index),
          range(rows).map((row) => shares[row * classes + index]!),
        );
      }),
      runs,
    );
  });
});
