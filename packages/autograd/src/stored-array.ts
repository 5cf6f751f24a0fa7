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

/** How the bytes are looked at; float16 as its bits. */
const forms = {
  float64: Float64Array,
  float32: Float32Array,
  float16: Uint16Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const;

/** Bytes one value takes in the file. */
export function storedValueSize(dtype: StoredArray['dtype']): number {
  return forms[dtype].BYTES_PER_ELEMENT;
}

/** The numbers that are kept, to which scale and min have not been applied: a view of the bytes where that can be. */
export function storedNumbers({ shape, dtype, bytes }: StoredArray) {
  const Form = forms[dtype];
  const size = sizeOf(shape);
  const expected = size * Form.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== expected) {
    throw new ShapeError(`${dtype} ${showShape(shape)} needs ${expected} bytes, got ${bytes.byteLength}`);
  }
  const isAligned = bytes.byteOffset % Form.BYTES_PER_ELEMENT === 0;
  const { buffer, byteOffset } = isAligned ? bytes : new Uint8Array(bytes);
  const numbers = new Form(buffer as ArrayBuffer, byteOffset, size);
  return dtype === 'float16' ? Float32Array.from(numbers, halfToNumber) : numbers;
}

/** The values as floats: float64 and int32 as Float64Array (exact), everything else as Float32Array. */
export function decodeStored(stored: StoredArray): Float32Array | Float64Array {
  const { dtype, min = 0 } = stored;
  const Values = dtype === 'float64' || dtype === 'int32' ? Float64Array : Float32Array;
  const values = new Values(storedNumbers(stored));
  if (stored.scale === undefined) return values;
  const scale = Math.fround(stored.scale);
  const lowest = Math.fround(min);
  return values.map((quantised) => dequantise(quantised, scale, lowest));
}

/** The value of a quantised weight: product and sum are each rounded to float32. `scale` and `min` are float32. */
export function dequantise(quantised: number, scale: number, min: number): number {
  return Math.fround(Math.fround(quantised * scale) + min);
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
