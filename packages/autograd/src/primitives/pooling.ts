import type { Tensor } from '../graph/tensor.ts';
import { type Shape, ShapeError, sameShape, showShape } from '../shape.ts';
import type { InputShapeAttr, WindowAttrs } from './attributes.ts';
import { definePrimitive } from './define.ts';
import { linearInFirst } from './linearity.ts';
import { windowPositions } from './window.ts';

function pooledShape(op: string, x: Shape, { window, strides, padding }: WindowAttrs): Shape {
  const [rows, columns] = windowPositions(op, x, { size: window, strides, padding, dilations: [1, 1] });
  return [x[0], rows, columns, x[3]];
}

function checkPositions(op: string, positions: Shape, expected: Shape): void {
  if (sameShape(positions, expected)) return;
  throw new ShapeError(`${op} needs positions of shape ${showShape(expected)}, got ${showShape(positions)}`);
}

const argPoolOp = definePrimitive({
  name: 'argPool',
  arity: 1,
  shape: ([x], attrs) => pooledShape('argPool', x.shape, attrs),
  vjp: () => [null],
});

const poolGatherOp = definePrimitive({
  name: 'poolGather',
  arity: 2,
  linear: linearInFirst,
  shape: ([x, positions], attrs) => {
    const pooled = pooledShape('poolGather', x.shape, attrs);
    checkPositions('poolGather', positions.shape, pooled);
    return pooled;
  },
  vjp: ({ inputs: [x, positions], attrs, grad }) => [
    poolScatter(grad, positions, { ...attrs, inputShape: x.shape }),
    null,
  ],
});

const poolScatterOp = definePrimitive({
  name: 'poolScatter',
  arity: 2,
  linear: linearInFirst,
  shape: ([grad, positions], { inputShape, ...attrs }) => {
    const pooled = pooledShape('poolScatter', inputShape, attrs);
    checkPositions('poolScatter', positions.shape, pooled);
    checkPositions('poolScatter', grad.shape, pooled);
    return inputShape;
  },
  vjp: ({ inputs: [, positions], attrs: { inputShape: _, ...attrs }, grad }) => [
    poolGather(grad, positions, attrs),
    null,
  ],
});

/**
 * Where each window of `[n, h, w, c]` has its largest value: row · window columns + column inside the window. The first
 * one wins a tie, in row-major order; padding is never chosen.
 */
export function argPool(x: Tensor, attrs: WindowAttrs): Tensor {
  return argPoolOp([x], attrs);
}

/** The value of x at the given position of each window. */
export function poolGather(x: Tensor, positions: Tensor, attrs: WindowAttrs): Tensor {
  return poolGatherOp([x, positions], attrs);
}

/** Adds each value of `grad` at the given position of its window in a zero image: the transpose of `poolGather`. */
function poolScatter(grad: Tensor, positions: Tensor, attrs: WindowAttrs & InputShapeAttr): Tensor {
  return poolScatterOp([grad, positions], attrs);
}

export const poolingPrimitives = { argPool: argPoolOp, poolGather: poolGatherOp, poolScatter: poolScatterOp };
