import type { Tensor } from '../graph/tensor.ts';
import { type Shape, ShapeError, sameShape, showShape, sizeOf } from '../shape.ts';
import type { AttrsOf } from './attributes.ts';
import { definePrimitive } from './define.ts';
import { linearInAll } from './linearity.ts';

const reshapeOp = definePrimitive({
  name: 'reshape',
  arity: 1,
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { shape }) => {
    if (sizeOf(shape) === sizeOf(x.shape)) return shape;
    throw new ShapeError(`reshape cannot turn ${showShape(x.shape)} into ${showShape(shape)}`);
  },
  vjp: ({ inputs: [x], grad }) => [reshape(grad, x.shape)],
});

/** The same values, row-major, under another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : reshapeOp([x], { shape });
}

const transposeOp = definePrimitive({
  name: 'transpose',
  arity: 1,
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { perm }) => {
    if (
      sameShape(
        [...perm].sort((a, b) => a - b),
        x.shape.map((_, axis) => axis),
      )
    ) {
      return perm.map((axis) => x.shape[axis]);
    }
    throw new ShapeError(`transpose of ${showShape(x.shape)} needs a permutation of its axes, got ${showShape(perm)}`);
  },
  vjp: ({ attrs: { perm }, grad }) => [
    transpose(
      grad,
      perm.map((_, axis) => perm.indexOf(axis)),
    ),
  ],
});

/** Axis k of the result is axis `perm[k]` of x. */
export function transpose(x: Tensor, perm: readonly number[]): Tensor {
  return transposeOp([x], { perm });
}

const concatOp = definePrimitive({
  name: 'concat',
  arity: 'any',
  linear: linearInAll,
  dtype: 'same',
  shape: (inputs, { axis }) => {
    const [first] = inputs;
    const joined = inputs.reduce((sum, { shape }) => sum + (shape[axis] ?? Number.NaN), 0);
    const fits = inputs.every(({ shape }) => sameShape(replaceAt(shape, axis, 0), replaceAt(first.shape, axis, 0)));
    if (!fits || Number.isNaN(joined)) {
      const shapes = inputs.map(({ shape }) => showShape(shape)).join(', ');
      throw new ShapeError(`concat along axis ${axis} needs shapes that agree elsewhere, got ${shapes}`);
    }
    return replaceAt(first.shape, axis, joined);
  },
  vjp: ({ inputs, attrs: { axis }, grad }) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      const begin = replaceAt(
        shape.map(() => 0),
        axis,
        start,
      );
      start += shape[axis];
      return slice(grad, { begin, size: shape, strides: shape.map(() => 1) });
    });
  },
});

/** Joins tensors along one axis, 0-based. */
export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  return inputs.length === 1 ? inputs[0] : concatOp(inputs, { axis });
}

const sliceOp = definePrimitive({
  name: 'slice',
  arity: 1,
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { begin, size, strides }) => {
    const inside = x.shape.every((extent, axis) => {
      const [first, step] = [begin[axis], strides[axis]];
      const end = size[axis] === 0 ? first : first + (size[axis] - 1) * step + 1;
      return Number.isInteger(first) && Number.isInteger(step) && first >= 0 && step >= 1 && end <= extent;
    });
    const rank = x.shape.length;
    if (inside && begin.length === rank && size.length === rank && strides.length === rank) return size;
    throw new ShapeError(
      `slice of ${showShape(x.shape)} needs whole numbers that stay inside, got begin ${showShape(begin)}, size ${showShape(size)}, strides ${showShape(strides)}`,
    );
  },
  vjp: ({ inputs: [x], attrs: { begin, size, strides }, grad }) => {
    const spread = size.map((count, axis) => Math.max(0, (count - 1) * strides[axis] + Math.min(count, 1)));
    const high = x.shape.map((extent, axis) => extent - begin[axis] - spread[axis]);
    return [dilatePad(grad, { low: begin, high, interior: strides.map((step) => step - 1) })];
  },
});

/** Every `strides[k]`-th element of axis k from `begin[k]`, `size[k]` of them. Strides are at least 1. */
export function slice(x: Tensor, attrs: AttrsOf<'slice'>): Tensor {
  return sliceOp([x], attrs);
}

const dilatePadOp = definePrimitive({
  name: 'dilatePad',
  arity: 1,
  linear: linearInAll,
  shape: ([x], { low, high, interior }) => {
    const amounts = [low, high, interior];
    const valid = amounts.every((list) => list.length === x.shape.length && list.every(isCount));
    if (!valid)
      throw new ShapeError(`dilatePad of ${showShape(x.shape)} needs ${x.shape.length} whole amounts of at least 0`);
    return x.shape.map((extent, axis) => low[axis] + extent + Math.max(0, extent - 1) * interior[axis] + high[axis]);
  },
  vjp: ({ inputs: [x], attrs: { low, interior }, grad }) => [
    slice(grad, { begin: low, size: x.shape, strides: interior.map((gap) => gap + 1) }),
  ],
});

/** Zeros before (`low`), after (`high`) and between (`interior`) the elements of each axis: the transpose of `slice`. */
export function dilatePad(x: Tensor, attrs: AttrsOf<'dilatePad'>): Tensor {
  return dilatePadOp([x], attrs);
}

const gatherOp = definePrimitive({
  name: 'gather',
  arity: 1,
  linear: linearInAll,
  dtype: 'same',
  shape: ([x], { axis, indices }) => {
    checkIndices('gather', indices, x.shape[axis]);
    return replaceAt(x.shape, axis, indices.length);
  },
  vjp: ({ inputs: [x], attrs: { axis, indices }, grad }) => [scatterAdd(grad, { axis, indices, size: x.shape[axis] })],
});

const scatterAddOp = definePrimitive({
  name: 'scatterAdd',
  arity: 1,
  linear: linearInAll,
  shape: ([x], { axis, indices, size }) => {
    checkIndices('scatterAdd', indices, size);
    if (indices.length !== x.shape[axis]) {
      throw new ShapeError(`scatterAdd needs an index for each of ${x.shape[axis]} slices, got ${indices.length}`);
    }
    return replaceAt(x.shape, axis, size);
  },
  vjp: ({ attrs: { axis, indices }, grad }) => [gather(grad, indices, axis)],
});

/** Slice k of the result along `axis` is slice `indices[k]` of x; indices may repeat. */
export function gather(x: Tensor, indices: readonly number[], axis: number): Tensor {
  return gatherOp([x], { axis, indices });
}

/** Adds slice k of x into slice `indices[k]` of a zero tensor of extent `size` along `axis`: the transpose of `gather`. */
function scatterAdd(x: Tensor, attrs: AttrsOf<'scatterAdd'>): Tensor {
  return scatterAddOp([x], attrs);
}

const stopGradientOp = definePrimitive({
  name: 'stopGradient',
  arity: 1,
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
  slice: sliceOp,
  dilatePad: dilatePadOp,
  gather: gatherOp,
  scatterAdd: scatterAddOp,
  stopGradient: stopGradientOp,
};

function checkIndices(op: string, indices: readonly number[], extent: number | undefined): void {
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || !(index < (extent ?? 0)));
  if (wrong !== undefined) throw new ShapeError(`${op} needs indices from 0 to ${(extent ?? 0) - 1}, got ${wrong}`);
}

function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 0;
}

function replaceAt(shape: Shape, axis: number, extent: number): Shape {
  return shape.map((old, at) => (at === axis ? extent : old));
}
