import { type Shape, ShapeError, showShape } from '../shape.ts';
import type { Padding } from './attributes.ts';

type Pair = readonly [number, number];

export interface Window {
  /** Rows and columns the window spans before dilation. */
  readonly size: Pair;
  readonly strides: Pair;
  /** 1 by default. */
  readonly dilations?: Pair;
  readonly padding: Padding;
}

/** Rows and columns of positions that a sliding window takes on `[n, h, w, c]`. */
export function windowPositions(op: string, input: Shape, window: Window): Pair {
  const { size, strides, dilations = [1, 1], padding } = window;
  checkImages(op, input);
  const positive = [...size, ...strides, ...dilations].every((n) => Number.isInteger(n) && n >= 1);
  if (!positive || !padding.every((n) => Number.isInteger(n) && n >= 0)) {
    throw new ShapeError(
      `${op} needs whole window sizes, strides and dilations of at least 1, and padding of at least 0`,
    );
  }
  const along = (axis: 0 | 1) => {
    const covered = input[1 + axis] + padding[2 * axis] + padding[2 * axis + 1];
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    if (covered < reach) throw new ShapeError(`${op}: a window of ${reach} does not fit into ${covered} pixels`);
    return Math.floor((covered - reach) / strides[axis]) + 1;
  };
  return [along(0), along(1)];
}

/** Padding so that ceil(extent / stride) windows fit on `[n, h, w, c]`: TensorFlow's SAME, the odd pixel at the end. */
export function samePadding(input: Shape, { size, strides, dilations = [1, 1] }: Omit<Window, 'padding'>): Padding {
  const along = (axis: 0 | 1): Pair => {
    const [extent, stride] = [input[1 + axis], strides[axis]];
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    const total = Math.max(0, (Math.ceil(extent / stride) - 1) * stride + reach - extent);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return [...along(0), ...along(1)];
}

export function checkImages(op: string, shape: Shape): void {
  if (shape.length !== 4) throw new ShapeError(`${op} needs [n, h, w, c], got ${showShape(shape)}`);
}
