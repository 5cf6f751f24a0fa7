import { type Shape, ShapeError, showShape, sizeOf } from './shape.ts';

/**
 * An array in the form of its file: raw little-endian bytes, and for quantised weights the affine map
 * `value = quantised * scale + min`, computed in float32, see {@link dequantise}.
 */
export interface StoredArray {
  readonly shape: Shape;
  readonly dtype: 'float64' | 'float32' | 'float16' | 'uint8' | 'uint16' | 'int32' | 'bool';
  readonly bytes: Uint8Array;
  readonly scale?: number;
  readonly min?: number;
}

const bytesPerValue = { float64: 8, float32: 4, float16: 2, uint8: 1, uint16: 2, int32: 4, bool: 1 } as const;

/** Bytes one value takes in the file. */
export function storedValueSize(dtype: StoredArray['dtype']): number {
  return bytesPerValue[dtype];
}

/** The values as floats: float64 and int32 as Float64Array (exact), everything else as Float32Array. */
export function decodeStored(stored: StoredArray): Float32Array | Float64Array {
  const size = sizeOf(stored.shape);
  const expected = size * bytesPerValue[stored.dtype];
  if (stored.bytes.byteLength !== expected) {
    throw new ShapeError(
      `${stored.dtype} ${showShape(stored.shape)} needs ${expected} bytes, got ${stored.bytes.byteLength}`,
    );
  }
  const raw = readValues(stored, size);
  if (stored.scale === undefined) return raw;
  const scale = Math.fround(stored.scale);
  const min = Math.fround(stored.min ?? 0);
  return raw.map((quantised) => dequantise(quantised, scale, min));
}

/** The value of a quantised weight: product and sum are each rounded to float32. `scale` and `min` are float32. */
export function dequantise(quantised: number, scale: number, min: number): number {
  return Math.fround(Math.fround(quantised * scale) + min);
}

function readValues(stored: StoredArray, size: number): Float32Array | Float64Array {
  const { bytes, dtype } = stored;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Record<StoredArray['dtype'], (index: number) => number> = {
    float64: (i) => view.getFloat64(8 * i, true),
    float32: (i) => view.getFloat32(4 * i, true),
    float16: (i) => halfToNumber(view.getUint16(2 * i, true)),
    int32: (i) => view.getInt32(4 * i, true),
    uint16: (i) => view.getUint16(2 * i, true),
    uint8: (i) => view.getUint8(i),
    bool: (i) => view.getUint8(i),
  };
  const wide = dtype === 'float64' || dtype === 'int32';
  const out = wide ? new Float64Array(size) : new Float32Array(size);
  const at = read[dtype];
  for (let i = 0; i < size; i++) out[i] = at(i);
  return out;
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
