import type { Tensor } from '../graph/tensor.ts';
import { fill } from '../primitives/broadcast.ts';
import { concat, dilatePad, gather, rearrange, reshape, slice as slicePrimitive } from '../primitives/structure.ts';
import { resolveAxes, resolveAxis, type Shape, ShapeError, showShape, sizeOf } from '../shape.ts';
import { greater, select } from './arithmetic.ts';

export { concat, gather, reshape, transpose } from '../primitives/structure.ts';

export interface SliceOptions {
  readonly begin: Shape;
  /** Elements to take along each axis. */
  readonly size: Shape;
  /** Distance between taken elements, negative to walk backwards; 1 by default. */
  readonly strides?: readonly number[];
}

/** A box of x, possibly thinned out or reversed. */
export function slice(x: Tensor, { begin, size, strides = begin.map(() => 1) }: SliceOptions): Tensor {
  if (strides.every((step) => step >= 0)) return slicePrimitive([x], { begin, size, strides });
  return strides.reduce((part, step, axis) => {
    const indices = Array.from({ length: size[axis] }, (_, i) => begin[axis] + i * step);
    return gather(part, indices, axis);
  }, x);
}

/** x with the order along one axis turned round. */
export function reverse(x: Tensor, axis: number): Tensor {
  const at = resolveAxis('reverse', axis, x.shape.length);
  return gather(
    x,
    Array.from({ length: x.shape[at] }, (_, i) => x.shape[at] - 1 - i),
    at,
  );
}

/** x without its axes of extent 1, or without the given ones, which must have extent 1. */
export function squeeze(x: Tensor, axes?: number | readonly number[]): Tensor {
  const ones = x.shape.flatMap((extent, axis) => (extent === 1 ? [axis] : []));
  const dropped = axes === undefined ? ones : resolveAxes('squeeze', axes, x.shape.length);
  const wrong = dropped.find((axis) => x.shape[axis] !== 1);
  if (wrong !== undefined) throw new ShapeError(`squeeze needs extent 1 on axis ${wrong} of ${showShape(x.shape)}`);
  return reshape(
    x,
    x.shape.filter((_, axis) => !dropped.includes(axis)),
  );
}

/** x with a new axis of extent 1 before `axis`; −1 appends it. */
export function expandDims(x: Tensor, axis: number): Tensor {
  const at = resolveAxis('expandDims', axis, x.shape.length + 1);
  return reshape(x, x.shape.toSpliced(at, 0, 1));
}

/** Joins tensors of one shape along a new axis. */
export function stack(inputs: readonly Tensor[], axis = 0): Tensor {
  return concat(
    inputs.map((x) => expandDims(x, axis)),
    axis,
  );
}

type Paddings = readonly (readonly [number, number])[];

export interface PadOptions {
  /** `constant` fills with `value` (0 by default), `reflect` mirrors without the edge pixel, `symmetric` with it. */
  readonly mode?: 'constant' | 'reflect' | 'symmetric';
  readonly value?: number;
}

/** Elements before and after along each axis: `paddings` has a pair for every axis of x. */
export function pad(x: Tensor, paddings: Paddings, { mode = 'constant', value = 0 }: PadOptions = {}): Tensor {
  if (paddings.length !== x.shape.length) {
    throw new ShapeError(`pad needs ${x.shape.length} pairs for ${showShape(x.shape)}, got ${paddings.length}`);
  }
  if (!paddings.flat().every((count) => Number.isInteger(count) && count >= 0)) {
    throw new ShapeError(`pad needs whole numbers of at least 0, got ${paddings.map(showShape).join(' ')}`);
  }
  if (mode === 'constant') return padConstant(x, paddings, value);
  return paddings.reduce((part, [before, after], axis) => {
    if (before === 0 && after === 0) return part;
    const extent = x.shape[axis];
    const edge = mode === 'symmetric' ? 1 : 0;
    if (Math.max(before, after) >= extent + edge) {
      throw new ShapeError(
        `pad ${mode} of ${Math.max(before, after)} needs more than ${extent} elements on axis ${axis}`,
      );
    }
    const indices = Array.from({ length: before + extent + after }, (_, at) => mirror(at - before, extent, edge));
    return gather(part, indices, axis);
  }, x);
}

/** Index inside [0, extent) after one reflection at either end. */
function mirror(at: number, extent: number, edge: 0 | 1): number {
  if (at < 0) return -at - edge;
  return at < extent ? at : 2 * (extent - 1) - at + edge;
}

function padConstant(x: Tensor, paddings: Paddings, value: number): Tensor {
  const [low, high] = [paddings.map(([before]) => before), paddings.map(([, after]) => after)];
  const attrs = { low, high, interior: low.map(() => 0) };
  const padded = dilatePad([x], attrs);
  if (value === 0) return padded;
  // 1 where x is, 0 around it; one element stands for all along an axis without padding.
  const ones = fill(
    1,
    x.shape.map((extent, axis) => (low[axis] + high[axis] > 0 ? extent : 1)),
  );
  return select(greater(dilatePad([ones], attrs), 0), padded, value);
}

/** Moves blocks of rows and columns into the batch: how TensorFlow writes dilated convolutions. */
export function spaceToBatch(x: Tensor, block: readonly number[], paddings: Paddings): Tensor {
  const rest = x.shape.slice(1 + block.length);
  const padded = pad(x, [[0, 0], ...paddings, ...rest.map(() => [0, 0] as const)]);
  const outer = block.map((size, axis) => padded.shape[1 + axis] / size);
  if (!outer.every(Number.isInteger)) {
    throw new ShapeError(
      `spaceToBatch cannot cut ${showShape(padded.shape)}, padded, into blocks of ${showShape(block)}`,
    );
  }
  return rearrange(
    padded,
    [x.shape[0], ...outer.flatMap((count, axis) => [count, block[axis]]), ...rest],
    [
      [...block.map((_, axis) => 2 + 2 * axis), 0],
      ...block.map((_, axis) => [1 + 2 * axis]),
      ...rest.map((_, axis) => [1 + 2 * block.length + axis]),
    ],
  );
}

/** Moves blocks of the batch back into rows and columns and cuts the edges: the inverse of `spaceToBatch`. */
export function batchToSpace(x: Tensor, block: readonly number[], crops: Paddings): Tensor {
  const spatial = block.length;
  const batch = x.shape[0] / sizeOf(block);
  if (!Number.isInteger(batch)) {
    throw new ShapeError(
      `batchToSpace cannot make blocks of ${showShape(block)} from the batch of ${showShape(x.shape)}`,
    );
  }
  const rest = x.shape.slice(1 + spatial);
  const whole = rearrange(
    x,
    [...block, batch, ...x.shape.slice(1)],
    [
      [spatial],
      ...block.map((_, axis) => [spatial + 1 + axis, axis]),
      ...rest.map((_, axis) => [2 * spatial + 1 + axis]),
    ],
  );
  return slice(whole, {
    begin: [0, ...crops.map(([before]) => before), ...rest.map(() => 0)],
    size: [batch, ...crops.map(([before, after], axis) => whole.shape[1 + axis] - before - after), ...rest],
  });
}
