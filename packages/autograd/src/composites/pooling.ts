import { constant, type Tensor } from '../graph/tensor.ts';
import type { WindowAttrs } from '../primitives/attributes.ts';
import { fill } from '../primitives/broadcast.ts';
import { convolutionPrimitives } from '../primitives/convolution.ts';
import { argPool, pooledShape, poolGather } from '../primitives/pooling.ts';
import { ShapeError, showShape } from '../shape.ts';
import { mul } from './arithmetic.ts';
import { type PaddingOption, resolvePadding, toPair } from './convolution.ts';
import { defineComposite } from './define.ts';

type Pair = readonly [number, number];

export interface PoolOptions {
  /** Rows and columns of the window. */
  readonly size: number | Pair;
  /** Rows and columns between windows; the window size by default. */
  readonly strides?: number | Pair;
  readonly padding: PaddingOption;
}

const maxPoolOp = defineComposite<WindowAttrs>('maxPool', ([x], attrs) => poolGather([x, argPool([x], attrs)], attrs));

/** Largest value of each window of `[n, h, w, c]`. A tie gives the gradient to the first pixel, row-major. */
export function maxPool(x: Tensor, options: PoolOptions): Tensor {
  return maxPoolOp([x], resolveWindow('maxPool', x, options));
}

const averagePoolOp = defineComposite<WindowAttrs>('averagePool', ([x], { window, strides, padding }) => {
  const ones = fill(1, [...window, x.shape[3], 1]);
  const sums = convolutionPrimitives.depthwiseConv2d([x, ones], { strides, padding, dilations: [1, 1] });
  const [, rows, columns] = sums.shape;
  const inverse = (axis: 0 | 1, count: number) => {
    const [size, stride, before, extent] = [window[axis], strides[axis], padding[2 * axis], x.shape[1 + axis]];
    return Float64Array.from({ length: count }, (_, at) => 1 / pixelsInside(at * stride - before, size, extent));
  };
  const byRow = constant({ data: inverse(0, rows), shape: [rows, 1, 1] });
  const byColumn = constant({ data: inverse(1, columns), shape: [columns, 1] });
  return mul(sums, mul(byRow, byColumn));
});

/** Average of the real pixels of each window of `[n, h, w, c]`; padding is not counted, as in TensorFlow. */
export function averagePool(x: Tensor, options: PoolOptions): Tensor {
  return averagePoolOp([x], resolveWindow('averagePool', x, options));
}

function resolveWindow(op: string, x: Tensor, options: PoolOptions): WindowAttrs {
  const window = toPair(options.size);
  const strides = toPair(options.strides ?? window);
  const padding = resolvePadding(options.padding, x.shape, { size: window, strides });
  const attrs = { window, strides, padding };
  pooledShape(op, x.shape, attrs);
  if (padding.every((pixels, edge) => pixels < window[edge >> 1])) return attrs;
  throw new ShapeError(`${op} needs less padding than its window of ${showShape(window)}, got ${showShape(padding)}`);
}

/** How many of `size` pixels from `start` lie inside [0, extent). */
function pixelsInside(start: number, size: number, extent: number): number {
  return Math.min(start + size, extent) - Math.max(start, 0);
}
