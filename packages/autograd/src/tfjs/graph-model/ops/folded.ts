import type { Tensor } from '../../../graph/tensor.ts';
import { constant, div, mul, sub } from '../../../index.ts';
import { resolveAxes, sizeOf } from '../../../shape.ts';
import { knownValues } from '../../known-values.ts';
import { functions } from '../functions.ts';
import type { OpBuilder, OpCall, OpTable } from '../op-call.ts';
import { isInteger } from './elementwise.ts';

/**
 * Arithmetic of shapes and axes. These ops are worked out while the network is built, so their inputs must not depend on
 * the network's inputs; the shape of a tensor does not, since the builder knows it.
 */
export const foldedOps: OpTable = {
  ...functions({
    Shape: ({ shape }) => constant({ data: shape, shape: [shape.length] }),
    Size: ({ shape }) => constant(sizeOf(shape)),
    Rank: ({ shape }) => constant(shape.length),
  }),
  ShapeN: (call) => call.inputs.map(({ shape }) => call.fold(shape)),
  Range: (call) => {
    const [start, limit, step] = [0, 1, 2].map((index) => call.known(index)[0]);
    return sequence(call, { start, step, count: Math.ceil((limit - start) / step) });
  },
  LinSpace: (call) => {
    const [[start], [stop], count] = [call.known(0), call.known(1), call.integer(2)];
    return sequence(call, { start, step: count > 1 ? (stop - start) / (count - 1) : 0, count });
  },
  Prod: product,
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(roundHalfToEven),
  Div: (call) => (isInteger(call.option('T')) ? quotient(call, Math.trunc) : div(call.input(0), call.input(1))),
  FloorDiv: (call) => quotient(call, Math.floor),
  FloorMod: (call) => sub(call.input(0), mul(quotient(call, Math.floor), call.input(1))),
};

function each(op: (value: number) => number): OpBuilder {
  return (call) => call.fold(call.known(0).map(op), call.input(0).shape);
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function quotient(call: OpCall, round: (value: number) => number): Tensor {
  const exact = div(call.input(0), call.input(1));
  const values = knownValues(exact)?.map(round);
  if (values?.every(Number.isFinite)) return call.fold(values, exact.shape);
  throw call.error('divides by zero, or what is no small constant');
}

function sequence(
  call: OpCall,
  { start, step, count }: { readonly start: number; readonly step: number; readonly count: number },
): Tensor {
  call.checkCount(count);
  return call.fold(Array.from({ length: count }, (_, i) => start + i * step));
}

/** Product over all axes, the form that shape arithmetic takes. */
function product(call: OpCall): Tensor {
  const { shape } = call.input(0);
  if (resolveAxes('product', call.integers(1), shape.length).length !== shape.length) {
    throw call.error('is only read over all axes of a constant');
  }
  const value = call.known(0).reduce((result, factor) => result * factor, 1);
  return call.fold([value], call.flag('keep_dims') ? shape.map(() => 1) : []);
}
