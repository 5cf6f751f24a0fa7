import type { Shape } from '../shape.ts';
import type { WindowAttrs } from './attributes.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { linearInFirst } from './linearity.ts';
import { windowPositions } from './window.ts';

/**
 * Where each window of `[n, h, w, c]` has its largest value: row · window columns + column inside the window. The first
 * one wins a tie, in row-major order; padding is never chosen.
 */
export const argPool: Primitive<'argPool'> = definePrimitive({
  name: 'argPool',
  shape: ([x], attrs, op) => pooledShape(op, x.shape, attrs),
  vjp: () => [null],
});

/** The value of its first input at the given position of each window. */
export const poolGather: Primitive<'poolGather'> = definePrimitive({
  name: 'poolGather',
  linear: linearInFirst,
  shape: ([x], attrs, op) => pooledShape(op, x.shape, attrs),
  vjp: ({ inputs: [x, positions], attrs }, grad) => [
    poolScatter([grad, positions], { ...attrs, inputShape: x.shape }),
    null,
  ],
});

/** Adds each value at the given position of its window in a zero image: the transpose of `poolGather`. */
const poolScatter: Primitive<'poolScatter'> = definePrimitive({
  name: 'poolScatter',
  linear: linearInFirst,
  shape: (_, { inputShape }) => inputShape,
  vjp: ({ inputs: [, positions], attrs: { inputShape: _, ...attrs } }, grad) => [
    poolGather([grad, positions], attrs),
    null,
  ],
});

/** Shape of one value for each window. */
export function pooledShape(op: string, x: Shape, { window, ...geometry }: WindowAttrs): Shape {
  return [x[0], ...windowPositions(op, x, { ...geometry, size: window }), x[3]];
}

export const poolingPrimitives = { argPool, poolGather, poolScatter };
