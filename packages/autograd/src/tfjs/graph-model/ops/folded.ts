import type { Tensor } from '../../../graph/tensor.ts';
import { div } from '../../../index.ts';
import { broadcastShape, sameShape, sizeOf } from '../../../shape.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';

/**
 * Arithmetic of shapes and axes. These ops are worked out while the network is built, so their inputs must not depend on
 * the network's inputs; the shape of a tensor does not, since the builder knows it.
 */
export const foldedOps: OpTable = {
  Shape: (call) => call.fold(call.input(0).shape, [call.input(0).shape.length]),
  ShapeN: (call) => call.inputs.map(({ shape }) => call.fold(shape, [shape.length])),
  Size: (call) => call.fold([sizeOf(call.input(0).shape)], []),
  Rank: (call) => call.fold([call.input(0).shape.length], []),
  Range: range,
  LinSpace: linearSpace,
  Prod: product,
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(roundHalfToEven),
  Div: (call) =>
    call.attrs.type('T') === 'DT_FLOAT'
      ? div(call.input(0), call.input(1))
      : pairwise(call, (a, b) => Math.trunc(a / b)),
  FloorDiv: (call) => pairwise(call, (a, b) => Math.floor(a / b)),
  FloorMod: (call) => pairwise(call, (a, b) => a - Math.floor(a / b) * b),
};

function each(op: (value: number) => number): OpBuilder {
  return (call) => call.fold(call.known(0).map(op), call.input(0).shape);
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Two arrays of one shape, or one of them a single value. */
function pairwise(call: OpCall, op: (a: number, b: number) => number): Tensor {
  const [a, b] = [call.known(0), call.known(1)];
  const shape = broadcastShape('division', call.input(0).shape, call.input(1).shape);
  const size = sizeOf(shape);
  if (![a, b].every(({ length }) => length === size || length === 1)) {
    throw call.error('needs two constants of one shape, or one of them a single value');
  }
  const values = Array.from({ length: size }, (_, i) => op(a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i]));
  if (!values.every(Number.isFinite)) throw call.error('divides by zero');
  return call.fold(values, shape);
}

function range(call: OpCall): Tensor {
  const [start, limit, step] = [0, 1, 2].map((index) => call.known(index)[0]);
  const count = Math.max(0, Math.ceil((limit - start) / step));
  if (!Number.isFinite(count)) throw call.error(`cannot count from ${start} to ${limit} in steps of ${step}`);
  call.checkCount(count);
  return call.fold(
    Array.from({ length: count }, (_, i) => start + i * step),
    [count],
  );
}

function linearSpace(call: OpCall): Tensor {
  const [[start], [stop], count] = [call.known(0), call.known(1), call.integer(2)];
  call.checkCount(count);
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  return call.fold(
    Array.from({ length: Math.max(0, count) }, (_, i) => start + i * step),
    [count],
  );
}

/** Product over all axes, the form that shape arithmetic takes. */
function product(call: OpCall): Tensor {
  const { shape } = call.input(0);
  const axes = call.integers(1).map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (
    !sameShape(
      [...new Set(axes)].sort(),
      shape.map((_, axis) => axis),
    )
  ) {
    throw call.error('is only read over all axes of a constant');
  }
  const value = call.known(0).reduce((result, factor) => result * factor, 1);
  return call.fold([value], call.attrs.boolean('keep_dims', false) ? shape.map(() => 1) : []);
}
