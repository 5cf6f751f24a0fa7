import { constant, type Tensor } from '../graph/tensor.ts';
import type { WindowAttrs } from '../primitives/attributes.ts';
import { convolutionPrimitives } from '../primitives/convolution.ts';
import { argPool, pooledShape, poolGather } from '../primitives/pooling.ts';
import { ShapeError, showShape, sizeOf } from '../shape.ts';
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
  const shape = [...window, x.shape[3], 1];
  const ones = constant({ data: new Float32Array(sizeOf(shape)).fill(1), shape });
  const sums = convolutionPrimitives.depthwiseConv2d([x, ones], { strides, padding, dilations: [1, 1] });
  if (padding.every((edge) => edge === 0)) return mul(sums, 1 / (window[0] * window[1]));
  const [, rows, columns] = sums.shape;
  const pixels = (axis: 0 | 1, place: number) =>
    pixelsInside(place * strides[axis] - padding[2 * axis], window[axis], x.shape[1 + axis]);
  const inverse = Float64Array.from({ length: rows * columns }, (_, at) => {
    return 1 / (pixels(0, Math.floor(at / columns)) * pixels(1, at % columns));
  });
  return mul(sums, constant({ data: inverse, shape: [rows, columns, 1] }));
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
