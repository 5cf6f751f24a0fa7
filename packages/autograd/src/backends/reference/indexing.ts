import { type Shape, stridesOf } from '../../shape.ts';

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
