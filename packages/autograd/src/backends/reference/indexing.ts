import { type Shape, sizeOf, stridesOf } from '../../shape.ts';

/**
 * For every element of `shape`, in row-major order, its place in another array with these strides and start: the walk
 * behind each kernel that only moves values.
 */
export function walk(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const places = new Int32Array(sizeOf(shape));
  const index = new Array<number>(shape.length).fill(0);
  let place = start;
  for (let i = 0; i < places.length; i++) {
    places[i] = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return places;
}

/** Strides with which `shape` reads an array of shape `source` that is repeated along its missing and unit axes. */
export function broadcastStrides(source: Shape, shape: Shape): number[] {
  const own = stridesOf(source);
  const added = shape.length - source.length;
  return shape.map((_, axis) => (axis < added || source[axis - added] === 1 ? 0 : own[axis - added]));
}

/** Strides of the array that is left when `axes` are dropped from `shape`, 0 along the dropped ones. */
export function reducedStrides(shape: Shape, axes: readonly number[]): number[] {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
}
