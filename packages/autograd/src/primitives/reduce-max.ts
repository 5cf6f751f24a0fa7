import type { Tensor } from '../graph/tensor.ts';
import { ShapeError } from '../shape.ts';
import { stretch, sum } from './broadcast.ts';
import { definePrimitive } from './define.ts';
import { div, equal, mul, select } from './elementwise.ts';

const maxOp = definePrimitive({
  name: 'max',
  shape: ([x], { axes }) => {
    if (axes.some((axis) => x.shape[axis] === 0)) throw new ShapeError('max needs at least one value along each axis');
    return x.shape.filter((_, axis) => !axes.includes(axis));
  },
  vjp: ({ inputs: [x], output, attrs: { axes } }, grad) => {
    const ties = equal(x, stretch(output, x.shape, axes));
    const winners = select(ties, 1, 0);
    return [mul(winners, stretch(div(grad, sum(winners, axes)), x.shape, axes))];
  },
});

/** Largest value over the given axes, which are dropped. Equal maxima share the gradient, as in TensorFlow. */
export function max(x: Tensor, axes: readonly number[]): Tensor {
  return axes.length === 0 ? x : maxOp([x], { axes });
}

export const reduceMaxPrimitives = { max: maxOp };
