import type { Tensor } from '../graph/tensor.ts';
import { resolveAxis, type Shape, ShapeError, sameShape, showShape, sizeOf } from '../shape.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { linearInAll } from './linearity.ts';

const reshapeOp = definePrimitive({
  name: 'reshape',
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { shape }) => {
    if (sizeOf(shape) === sizeOf(x.shape)) return shape;
    throw new ShapeError(`reshape cannot turn ${showShape(x.shape)} into ${showShape(shape)}`);
  },
  vjp: ({ inputs: [x] }, grad) => [reshape(grad, x.shape)],
});

/** The same values, row-major, under another shape; one extent may be −1 and is worked out. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const unknown = shape.indexOf(-1);
  const rest = sizeOf(x.shape) / -sizeOf(shape);
  const full = unknown >= 0 && Number.isInteger(rest) ? shape.with(unknown, rest) : shape;
  return sameShape(x.shape, full) ? x : reshapeOp([x], { shape: full });
}

const transposeOp = definePrimitive({
  name: 'transpose',
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { perm }) => {
    const complete = x.shape.every((_, axis) => perm.includes(axis));
    if (complete && perm.length === x.shape.length) return perm.map((axis) => x.shape[axis]);
    throw new ShapeError(`transpose of ${showShape(x.shape)} needs a permutation of its axes, got ${showShape(perm)}`);
  },
  vjp: ({ attrs: { perm } }, grad) => [
    transpose(
      grad,
      perm.map((_, axis) => perm.indexOf(axis)),
    ),
  ],
});

/** Axis k of the result is axis `perm[k]` of x; −1 is the last. */
export function transpose(x: Tensor, perm: readonly number[]): Tensor {
  return transposeOp([x], { perm: perm.map((axis) => resolveAxis('transpose', axis, x.shape.length)) });
}

/** Cuts the axes of x into `parts`; each axis of the result joins the parts with the numbers in its group. */
export function rearrange(x: Tensor, parts: Shape, groups: readonly (readonly number[])[]): Tensor {
  const apart = transpose(reshape(x, parts), groups.flat());
  return reshape(
    apart,
    groups.map((group) => sizeOf(group.map((part) => parts[part]))),
  );
}

const concatOp = definePrimitive({
  name: 'concat',
  linear: linearInAll,
  dtype: 'same',
  shape: (inputs, { axis }) => {
    const joined = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
    const joinedTo = (shape: Shape) => shape.map((extent, at) => (at === axis ? joined : extent));
    const result = joinedTo(inputs[0].shape);
    if (inputs.every(({ shape }) => sameShape(joinedTo(shape), result))) return result;
    const shapes = inputs.map(({ shape }) => showShape(shape)).join(', ');
    throw new ShapeError(`concat along axis ${axis} needs shapes that agree elsewhere, got ${shapes}`);
  },
  vjp: ({ inputs, attrs: { axis } }, grad) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      start += shape[axis];
      return sliceAlong(grad, axis, [start - shape[axis], shape[axis]]);
    });
  },
});

/** Joins tensors along an axis; −1 is the last. */
export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  if (inputs.length === 0) throw new ShapeError('concat needs at least one tensor');
  const at = resolveAxis('concat', axis, inputs[0].shape.length);
  return inputs.length === 1 ? inputs[0] : concatOp(inputs, { axis: at });
}

/** Every `strides[k]`-th element of axis k from `begin[k]`, `size[k]` of them. Strides are at least 1. */
export const slice: Primitive<'slice'> = definePrimitive({
  name: 'slice',
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { begin, size, strides }) => {
    const counts = [begin, size, strides].every((list) => list.length === x.shape.length && list.every(isCount));
    const reach = spread(size, strides);
    const inside = x.shape.every((extent, axis) => strides[axis] > 0 && begin[axis] + reach[axis] <= extent);
    if (counts && inside) return size;
    throw new ShapeError(
      `slice of ${showShape(x.shape)} needs whole numbers that stay inside, and strides other than 0, got begin, size and strides ${[begin, size, strides].map(showShape).join(', ')}`,
    );
  },
  vjp: ({ inputs: [x], attrs: { begin, size, strides } }, grad) => {
    const reach = spread(size, strides);
    const high = x.shape.map((extent, axis) => extent - begin[axis] - reach[axis]);
    return [dilatePad([grad], { low: begin, high, interior: strides.map((step) => step - 1) })];
  },
});

/** `count` slices of x along one axis, from `start`; axis −1 is the last. */
export function sliceAlong(x: Tensor, axis: number, [start, count]: readonly [number, number]): Tensor {
  const at = resolveAxis('slice', axis, x.shape.length);
  return slice([x], {
    begin: x.shape.map(() => 0).with(at, start),
    size: x.shape.with(at, count),
    strides: x.shape.map(() => 1),
  });
}

/** Zeros before (`low`), after (`high`) and between (`interior`) the elements of each axis: the transpose of `slice`. */
export const dilatePad: Primitive<'dilatePad'> = definePrimitive({
  name: 'dilatePad',
  linear: linearInAll,
  shape: ([x], { low, high, interior }) => {
    const strides = interior.map((gap) => gap + 1);
    return spread(x.shape, strides).map((extent, axis) => low[axis] + extent + high[axis]);
  },
  vjp: ({ inputs: [x], attrs: { low, interior } }, grad) => [
    slice([grad], { begin: low, size: x.shape, strides: interior.map((gap) => gap + 1) }),
  ],
});

/** Extents of a box that holds `counts` elements which are `strides` apart. */
function spread(counts: Shape, strides: Shape): number[] {
  return counts.map((count, axis) => (count === 0 ? 0 : (count - 1) * strides[axis] + 1));
}

const gatherOp = definePrimitive({
  name: 'gather',
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { axis, indices }) => {
    const wrong = indices.find((index) => !isCount(index) || index >= x.shape[axis]);
    if (wrong === undefined) return x.shape.with(axis, indices.length);
    throw new ShapeError(`gather needs indices from 0 to ${x.shape[axis] - 1}, got ${wrong}`);
  },
  vjp: ({ inputs: [x], attrs: { axis, indices } }, grad) => [
    scatterAdd([grad], { axis, indices, size: x.shape[axis] }),
  ],
});

/** Slice k of the result along the axis is slice `indices[k]` of x; indices may repeat, and axis −1 is the last. */
export function gather(x: Tensor, indices: readonly number[], axis: number): Tensor {
  return gatherOp([x], { axis: resolveAxis('gather', axis, x.shape.length), indices });
}

/** Adds slice k of x into slice `indices[k]` of a zero tensor of extent `size` along `axis`: the transpose of `gather`. */
const scatterAdd: Primitive<'scatterAdd'> = definePrimitive({
  name: 'scatterAdd',
  linear: linearInAll,
  shape: ([x], { axis, size }) => x.shape.with(axis, size),
  vjp: ({ attrs: { axis, indices } }, grad) => [gather(grad, indices, axis)],
});

const stopGradientOp = definePrimitive({
  name: 'stopGradient',
  linear: linearInAll,
  dtype: 'same',
  shape: ([x]) => x.shape,
  vjp: () => [null],
});

/** x itself, taken as a constant by `gradient`. */
export function stopGradient(x: Tensor): Tensor {
  return stopGradientOp([x], {});
}

export const structurePrimitives = {
  reshape: reshapeOp,
  transpose: transposeOp,
  concat: concatOp,
  slice,
  dilatePad,
  gather: gatherOp,
  scatterAdd,
  stopGradient: stopGradientOp,
};

function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 0;
}
