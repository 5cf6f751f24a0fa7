import type { Tensor } from '../graph/tensor.ts';
import { keepAxes, sum as sumOver } from '../primitives/broadcast.ts';
import { max as maxOver } from '../primitives/reduce-max.ts';
import { checkImages } from '../primitives/window.ts';
import { resolveAxes } from '../shape.ts';
import { div, neg } from './arithmetic.ts';
import { defineComposite } from './define.ts';

export interface ReduceOptions {
  /** Axes to reduce, negative ones count from the end; all by default. */
  readonly axes?: number | readonly number[];
  /** Keep reduced axes with extent 1; they are dropped by default. */
  readonly keepDims?: boolean;
}
interface ReduceAttrs {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}
type Reducer = (x: Tensor, axes: readonly number[]) => Tensor;

function reduction(name: string, reduce: Reducer): (x: Tensor, options?: ReduceOptions) => Tensor {
  const op = defineComposite<ReduceAttrs>(name, ([x], { axes, keepDims }) => {
    const reduced = reduce(x, axes);
    return keepDims ? keepAxes(reduced, x.shape, axes) : reduced;
  });
  return (x, { axes, keepDims = false } = {}) => op([x], { axes: resolveAxes(name, axes, x.shape.length), keepDims });
}

/** Sum over axes: `[2, 3, 4]` over 1 -> `[2, 4]`. */
export const sum = reduction('reduceSum', sumOver);

/** Average over axes. */
export const mean = reduction('reduceMean', (x, axes) => {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  return div(sumOver(x, axes), count);
});

/** Largest value over axes; equal maxima share the gradient. */
export const max = reduction('reduceMax', maxOver);

/** Smallest value over axes; equal minima share the gradient. */
export const min = reduction('reduceMin', (x, axes) => neg(maxOver(neg(x), axes)));

/** Average over rows and columns: `[n, h, w, c]` -> `[n, c]`. */
export function globalAveragePool(x: Tensor): Tensor {
  checkImages('globalAveragePool', x.shape);
  return mean(x, { axes: [1, 2] });
}

/** Maximum over rows and columns: `[n, h, w, c]` -> `[n, c]`. */
export function globalMaxPool(x: Tensor): Tensor {
  checkImages('globalMaxPool', x.shape);
  return max(x, { axes: [1, 2] });
}
