import { checkShape, type Shape, ShapeError, showShape, sizeOf, stridesOf } from './shape.ts';

/** Dense row-major array on the host. Results are Float64Array on `reference`, Float32Array on the fast backends. */
export interface HostArray {
  readonly data: Float32Array | Float64Array;
  readonly shape: Shape;
}

/**
 * What every API takes: a {@link HostArray}, or an `ndarray` of any view, which is read by its `stride` and `offset`
 * (both in elements).
 */
export interface ArrayInput {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly stride?: readonly number[];
  readonly offset?: number;
}

/**
 * The same values as a dense row-major array; copies only when the input is a strided view or not a float array.
 *
 * @throws ShapeError for a shape or strides that are no whole numbers, or that lead outside the data
 */
export function toHostArray(array: ArrayInput): HostArray {
  checkShape('an array', array.shape);
  const size = sizeOf(array.shape);
  const { offset = 0, stride = stridesOf(array.shape) } = array;
  if (stride.length !== array.shape.length) {
    throw new ShapeError(`an array of shape ${showShape(array.shape)} needs ${array.shape.length} strides`);
  }
  if (![offset, ...stride].every(Number.isInteger)) {
    throw new ShapeError(`an array of shape ${showShape(array.shape)} needs whole strides and offset`);
  }
  const dense = offset === 0 && stridesOf(array.shape).every((step, axis) => step === stride[axis]);
  if (dense) {
    if (array.data.length < size) throw tooShort(array, size);
    if (isFloatArray(array.data) && array.data.length === size) return { data: array.data, shape: array.shape };
    return { data: Float64Array.from({ length: size }, (_, i) => array.data[i]), shape: array.shape };
  }
  return { data: gatherStrided(array, stride, offset), shape: array.shape };
}

function gatherStrided(array: ArrayInput, stride: readonly number[], offset: number): Float32Array | Float64Array {
  const size = sizeOf(array.shape);
  const out = array.data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  const index = new Array<number>(array.shape.length).fill(0);
  let source = offset;
  for (let i = 0; i < size; i++) {
    if (source < 0 || source >= array.data.length) throw tooShort(array, size);
    out[i] = array.data[source];
    for (let axis = index.length - 1; axis >= 0; axis--) {
      source += stride[axis];
      if (++index[axis] < array.shape[axis]) break;
      source -= stride[axis] * array.shape[axis];
      index[axis] = 0;
    }
  }
  return out;
}

function isFloatArray(data: ArrayLike<number>): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}

function tooShort(array: ArrayInput, size: number): ShapeError {
  return new ShapeError(`an array of shape ${showShape(array.shape)} needs ${size} values, got ${array.data.length}`);
}
