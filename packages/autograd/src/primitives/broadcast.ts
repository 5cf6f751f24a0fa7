import { constant, type Tensor } from '../graph/tensor.ts';
import { broadcastShape, type Shape, ShapeError, sameShape, showShape } from '../shape.ts';
import { definePrimitive } from './define.ts';
import { linearInAll } from './linearity.ts';
import { reshape } from './structure.ts';

const broadcastOp = definePrimitive({
  name: 'broadcast',
  dtype: 'same',
  linear: linearInAll,
  shape: ([x], { shape }) => {
    if (sameShape(broadcastShape('broadcast', x.shape, shape), shape)) return shape;
    throw new ShapeError(`broadcast cannot stretch ${showShape(x.shape)} to ${showShape(shape)}`);
  },
  vjp: ({ inputs: [x], attrs: { shape } }, grad) => {
    const added = shape.length - x.shape.length;
    const axes = shape.flatMap((extent, axis) => (axis < added || x.shape[axis - added] !== extent ? [axis] : []));
    return [reshape(sum(grad, axes), x.shape)];
  },
});

/** Repeats x along axes of extent 1 and along new leading axes, as numpy does. */
export function broadcast(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : broadcastOp([x], { shape });
}

/** A tensor whose every element is `value`. */
export function fill(value: number, shape: Shape): Tensor {
  return broadcast(constant(value), shape);
}

const sumOp = definePrimitive({
  name: 'sum',
  linear: linearInAll,
  shape: ([x], { axes }) => x.shape.filter((_, axis) => !axes.includes(axis)),
  vjp: ({ inputs: [x], attrs: { axes } }, grad) => [stretch(grad, x.shape, axes)],
});

/** Sum over the given axes, which are dropped: `[2, 3, 4]` over `[1]` -> `[2, 4]`. */
export function sum(x: Tensor, axes: readonly number[]): Tensor {
  return axes.length === 0 ? x : sumOp([x], { axes });
}

/** A tensor reduced over `axes` of a shape, with those axes again, of extent 1. */
export function keepAxes(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return reshape(
    reduced,
    shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)),
  );
}

/** Undoes the dropping of axes: a tensor without `axes` repeated along them to `shape`. */
export function stretch(x: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return broadcast(keepAxes(x, shape, axes), shape);
}

export const broadcastPrimitives = { broadcast: broadcastOp, sum: sumOp };
