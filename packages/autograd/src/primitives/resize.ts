import type { Tensor } from '../graph/tensor.ts';
import { type Shape, ShapeError } from '../shape.ts';
import type { ResizeAttrs } from './attributes.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { linearInAll } from './linearity.ts';
import { checkImages } from './window.ts';

/** Resamples the rows and columns of `[n, h, w, c]`. */
export const resize: Primitive<'resize'> = definePrimitive({
  name: 'resize',
  linear: linearInAll,
  shape: ([x], { size }, op) => resized(op, x, size),
  vjp: ({ inputs: [x], attrs: { method, coordinates } }, grad) => [
    resizeTranspose([grad], { method, coordinates, inputSize: [x.shape[1], x.shape[2]] }),
  ],
});

/** Spreads each pixel of a resized image back over the pixels it came from: the transpose of `resize`. */
const resizeTranspose: Primitive<'resizeTranspose'> = definePrimitive({
  name: 'resizeTranspose',
  linear: linearInAll,
  shape: ([grad], { inputSize }, op) => resized(op, grad, inputSize),
  vjp: ({ inputs: [x], attrs: { method, coordinates } }, grad) => [
    resize([grad], { method, coordinates, size: [x.shape[1], x.shape[2]] }),
  ],
});

function resized(op: string, { shape }: Tensor, [rows, columns]: readonly [number, number]): Shape {
  checkImages(op, shape);
  if (rows > 0 && columns > 0) return [shape[0], rows, columns, shape[3]];
  throw new ShapeError(`${op} needs rows and columns of at least 1, got ${rows} and ${columns}`);
}

/** One pixel of a resized axis: `(1 − weight) · source[low] + weight · source[high]`. */
export interface ResizeTap {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/**
 * The two source pixels of every target pixel along one axis, and how they mix: the definition of `resize` that every
 * backend's kernel follows. Nearest has weight 0.
 */
export function resizeTaps(from: number, to: number, how: Pick<ResizeAttrs, 'method' | 'coordinates'>): ResizeTap[] {
  const { method, coordinates } = how;
  const aligned = coordinates === 'alignCorners' && to > 1;
  const scale = aligned ? (from - 1) / (to - 1) : from / to;
  const last = from - 1;
  return Array.from({ length: to }, (_, target) => {
    const centre = coordinates === 'halfPixel' ? (target + 0.5) * scale : target * scale;
    if (method === 'nearest') {
      const source = coordinates === 'alignCorners' ? Math.floor(centre + 0.5) : Math.floor(centre);
      const low = Math.min(source, last);
      return { low, high: low, weight: 0 };
    }
    const source = Math.max(0, coordinates === 'halfPixel' ? centre - 0.5 : centre);
    const low = Math.min(Math.floor(source), last);
    return { low, high: Math.min(low + 1, last), weight: low === last ? 0 : source - low };
  });
}

export const resizePrimitives = { resize, resizeTranspose };
