import { checkShape, type Shape, ShapeError, showShape, sizeOf, stridesOf } from './shape.ts';
import { walk } from './walk.ts';

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
  const { data, shape } = array;
  const ways = stride.map((step, axis) => step * (shape[axis] - 1));
  const first = ways.reduce((place, way) => place + Math.min(0, way), offset);
  const last = ways.reduce((place, way) => place + Math.max(0, way), offset);
  if (size > 0 && (first < 0 || last >= data.length)) {
    throw new ShapeError(`an array of shape ${showShape(shape)} needs ${size} values, got ${data.length}`);
  }
  const dense = offset === 0 && stridesOf(shape).every((step, axis) => step === stride[axis]);
  if (dense && isFloatArray(data) && data.length === size) return { data, shape };
  const values = data instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  walk(shape, stride, offset).forEach((place, i) => {
    values[i] = data[place];
  });
  return { data: values, shape };
}

function isFloatArray(data: ArrayLike<number>): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}
