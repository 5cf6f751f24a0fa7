import { constant, constantValue, decodeStored, input, mul, relu, type StoredArray } from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { vector } from '../support/numbers.ts';

/** Bytes that lie at an odd offset of a larger buffer, as they do in a weight file. */
function unaligned(bytes: ArrayLike<number>): Uint8Array {
  const whole = new Uint8Array(bytes.length + 3);
  whole.set(bytes, 1);
  return whole.subarray(1, 1 + bytes.length);
}

const bytesOf = (values: ArrayBufferView) => unaligned(new Uint8Array(values.buffer));
const decode = (stored: Omit<StoredArray, 'shape'>, count: number) => decodeStored({ ...stored, shape: [count] });

describe('decodeStored', () => {
  test.each([
    ['float64', Float64Array.of(1.5, -1e300, 0.1), Float64Array.of(1.5, -1e300, 0.1)],
    ['float32', Float32Array.of(1.5, -3e38, 0.1), Float32Array.of(1.5, -3e38, 0.1)],
    ['int32', Int32Array.of(-2147483648, 0, 2147483647), Float64Array.of(-2147483648, 0, 2147483647)],
    ['uint16', Uint16Array.of(0, 1, 65535), Float32Array.of(0, 1, 65535)],
    ['uint8', Uint8Array.of(0, 1, 255), Float32Array.of(0, 1, 255)],
    ['bool', Uint8Array.of(0, 1, 1), Float32Array.of(0, 1, 1)],
  ] as const)('reads %s at any offset', (dtype, written, values) => {
    expect(decode({ dtype, bytes: bytesOf(written) }, 3)).toEqual(values);
  });

  test('reads a Buffer of Node at any offset, whose slices are no copies', () => {
    const { buffer, byteOffset, byteLength } = bytesOf(Float32Array.of(1.5, -2));
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    expect(decode({ dtype: 'float32', bytes }, 2)).toEqual(Float32Array.of(1.5, -2));
  });

  test('reads float16: normal, subnormal, the largest, infinities, both zeros', () => {
    const halves = [0x3c00, 0xc000, 0x3555, 0x7bff, 0x0001, 0x83ff, 0x0400, 0x7c00, 0xfc00, 0x0000, 0x8000];
    const { POSITIVE_INFINITY: infinity } = Number;
    const values = [1, -2, 0.333251953125, 65504, 2 ** -24, -1023 * 2 ** -24, 2 ** -14, infinity, -infinity, 0, -0];
    expect(decode({ dtype: 'float16', bytes: bytesOf(Uint16Array.from(halves)) }, halves.length)).toEqual(
      Float32Array.from(values),
    );
    expect(decode({ dtype: 'float16', bytes: bytesOf(Uint16Array.of(0x7e00)) }, 1)[0]).toBeNaN();
  });

  test('maps quantised values as value = quantised · scale + min, each step rounded to float32', () => {
    const stored = { dtype: 'uint8', bytes: unaligned([0, 6, 255]), scale: 0.1, min: -3.3 } as const;
    const atSix = Math.fround(Math.fround(6 * Math.fround(0.1)) + Math.fround(-3.3));
    expect(atSix).not.toBe(Math.fround(6 * 0.1 - 3.3));
    expect(decode(stored, 3)).toEqual(Float32Array.of(-3.3, atSix, 22.2));
    const wide = { dtype: 'uint16', bytes: bytesOf(Uint16Array.of(65535)), scale: 2 ** -8 } as const;
    expect(decode(wide, 1)).toEqual(Float32Array.of(65535 / 256));
  });

  test.each([7, 9])('refuses %i bytes for two float32', (count) => {
    expect(() => decode({ dtype: 'float32', bytes: new Uint8Array(count) }, 2)).toThrow(
      `float32 [2] needs 8 bytes, got ${count}`,
    );
  });
});

describe('constantValue', () => {
  test('computes what depends on constants only, composites included', () => {
    const stored = constant({ shape: [2], dtype: 'uint8', bytes: Uint8Array.of(3, 4), scale: 1, min: -3.5 });
    expect(constantValue(relu(mul(stored, vector(2, 10))))).toEqual({ data: Float64Array.of(0, 5), shape: [2] });
  });

  test('knows nothing of what depends on an input', () => {
    expect(constantValue(mul(input('x', [2]), 0))).toBeUndefined();
    expect(constantValue(relu(input('x', [2])))).toBeUndefined();
  });
});
