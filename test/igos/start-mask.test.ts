import { NotFiniteError, OptionError, startMaskOf } from 'igos';
import { describe, expect, test } from 'vitest';

describe('a start mask out of an array', () => {
  test('has the size of the array, and keeps its values', () => {
    const data = Float64Array.of(0, 0.25, 0.5, 1, 1, 1);
    const wishes = { maskSize: [2, 3], imageSize: [8, 3] } as const;
    expect(startMaskOf({ data, shape: [2, 3] }, wishes)).toEqual({ data, size: [2, 3] });
  });

  test.each([
    [[2, 3, 1], {}, 'its shape is [2, 3, 1], needed is [rows, columns]'],
    [[6], {}, 'its shape is [6], needed is [rows, columns]'],
    [[2, 3], { maskSize: [3, 2] as const }, 'its shape is [2, 3], needed is 3×2, as the mask size says'],
    [[2, 3], { imageSize: [8, 2] as const }, 'a mask of 2x3 does not fit an image of 8x2: give 1 to 8 rows and 1 to 2'],
  ])('of %j for %j is refused in one line', (shape, wishes, message) => {
    const start = () => startMaskOf({ data: new Float32Array(6), shape }, wishes);
    expect(start).toThrow(OptionError);
    expect(start).toThrow(message);
  });

  test('with a value that is none of a mask is refused', () => {
    const start = (value: number) => () => startMaskOf({ data: Float64Array.of(1, value), shape: [1, 2] });
    expect(start(-0.1)).toThrow('a start mask needs values from 0 to 1, got -0.1');
    expect(start(Number.POSITIVE_INFINITY)).toThrow(NotFiniteError);
    expect(start(1 + 1e-12)()).toMatchObject({ size: [1, 2] }); // 1 as the run keeps it
  });
});
