import {
  compile,
  constant,
  constantValue,
  input,
  mul,
  referenceBackend,
  ShapeError,
  toHostArray,
} from '@igos/autograd';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';

const counted = (size: number) => Float64Array.from({ length: size }, (_, i) => i);
const values = (array: Parameters<typeof toHostArray>[0]) => Array.from(toHostArray(array).data);

describe('toHostArray', () => {
  test('hands a dense float array back without copying', () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect(toHostArray({ data, shape: [2, 3] }).data).toBe(data);
    expect(toHostArray(ndarray(data, [2, 3])).data).toBe(data);
  });

  test('turns plain lists and whole-number arrays into floats', () => {
    expect(toHostArray({ data: [1, 2], shape: [2] }).data).toEqual(Float64Array.of(1, 2));
    expect(toHostArray({ data: Uint8Array.of(7, 255), shape: [2] }).data).toEqual(Float64Array.of(7, 255));
  });

  test('takes a scalar and an array without values', () => {
    expect(toHostArray({ data: [5], shape: [] })).toEqual({ data: Float64Array.of(5), shape: [] });
    expect(toHostArray({ data: [], shape: [0, 3] }).data).toHaveLength(0);
  });

  test('leaves out what lies behind the last value', () => {
    expect(values({ data: [1, 2, 3, 4], shape: [3] })).toEqual([1, 2, 3]);
  });

  describe('reads any view of an ndarray', () => {
    const whole = ndarray(counted(24), [2, 3, 4]);
    const element = (view: typeof whole) => {
      const list: number[] = [];
      const walk = (index: number[]): void => {
        if (index.length === view.dimension) list.push(view.get(...index));
        else for (let i = 0; i < view.shape[index.length]!; i++) walk([...index, i]);
      };
      walk([]);
      return list;
    };
    const views = {
      transposed: whole.transpose(2, 0, 1),
      picked: whole.pick(1, null, null),
      'without the first rows': whole.lo(0, 1, 2),
      'of the first rows': whole.hi(2, 2, 3),
      strided: whole.step(1, 2, 3),
      backwards: whole.step(-1, 1, -1),
      'all of it at once': whole.lo(0, 1, 0).step(1, 1, -2).transpose(1, 2, 0),
    };
    test.each(Object.entries(views))('%s', (_, view) => {
      expect(toHostArray(view)).toEqual({ data: Float64Array.from(element(view)), shape: view.shape });
    });

    test('keeping float32 where it was', () => {
      const transposed = ndarray(Float32Array.of(1, 2, 3, 4), [2, 2]).transpose(1, 0);
      expect(toHostArray(transposed).data).toEqual(Float32Array.of(1, 3, 2, 4));
    });
  });

  test('repeats along a stride of 0', () => {
    expect(values({ data: [1, 2], shape: [2, 3], stride: [1, 0] })).toEqual([1, 1, 1, 2, 2, 2]);
  });

  test.each([
    ['too few values', { data: [1, 2], shape: [3] }, 'an array of shape [3] needs 3 values, got 2'],
    [
      'a view that leaves its data',
      { data: counted(4), shape: [2, 2], offset: 1 },
      'an array of shape [2, 2] needs 4 values, got 4',
    ],
    ['a view that starts before it', { data: counted(4), shape: [2], stride: [-1] }, 'needs 2 values'],
    [
      'strides of another rank',
      { data: counted(4), shape: [2, 2], stride: [1] },
      'an array of shape [2, 2] needs 2 strides',
    ],
    [
      'a fractional offset',
      { data: counted(4), shape: [2], offset: 0.5 },
      'an array of shape [2] needs whole strides and offset',
    ],
    [
      'a fractional stride',
      { data: counted(4), shape: [2], stride: [1.5] },
      'an array of shape [2] needs whole strides and offset',
    ],
    [
      'a negative extent',
      { data: counted(4), shape: [-2, -2] },
      'an array needs a shape of non-negative integers, got [-2, -2]',
    ],
    [
      'a fractional extent',
      { data: counted(4), shape: [1.5, 2] },
      'an array needs a shape of non-negative integers, got [1.5, 2]',
    ],
  ])('refuses %s', (_, array, message) => {
    expect(() => toHostArray(array)).toThrow(ShapeError);
    expect(() => toHostArray(array)).toThrow(message);
  });
});

describe('views', () => {
  const view = ndarray(counted(6), [3, 2]).transpose(1, 0);

  test('go into a program', async () => {
    const x = input('x', [2, 3]);
    const { y } = await compile({ outputs: { y: mul(x, 10) } }, referenceBackend).run({ x: view });
    expect(y.data).toEqual(Float64Array.of(0, 20, 40, 10, 30, 50));
  });

  test('go into a constant, which later writes do not change', () => {
    const data = counted(6);
    const constantView = constant(ndarray(data, [3, 2]).transpose(1, 0));
    data.fill(-1);
    expect(constantValue(constantView)?.data).toEqual(Float64Array.of(0, 2, 4, 1, 3, 5));
  });
});
