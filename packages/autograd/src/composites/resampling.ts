import { constant, type Tensor } from '../graph/tensor.ts';
import type { Coordinates } from '../primitives/attributes.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { convolutionPrimitives } from '../primitives/convolution.ts';
import { resize } from '../primitives/resize.ts';
import { checkImages } from '../primitives/window.ts';
import { ShapeError } from '../shape.ts';
import { defineComposite } from './define.ts';
import { pad } from './layout.ts';

type Pair = readonly [number, number];

/** Bilinear interpolation of rows and columns: `[n, h, w, c]` -> `[n, size[0], size[1], c]`. */
export function resizeBilinear(x: Tensor, size: Pair, { coordinates }: { readonly coordinates: Coordinates }): Tensor {
  return resize([x], { method: 'bilinear', size, coordinates });
}

/** Nearest-neighbour sampling of rows and columns: `[n, h, w, c]` -> `[n, size[0], size[1], c]`. */
export function resizeNearest(x: Tensor, size: Pair, { coordinates }: { readonly coordinates: Coordinates }): Tensor {
  return resize([x], { method: 'nearest', size, coordinates });
}

/** Weights exp(−i² / 2σ²) of an odd number of taps around the centre, summing to 1. */
export function gaussianKernel(size: number, sigma: number): Float64Array {
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0 || !(sigma > 0)) {
    throw new ShapeError(`a Gaussian kernel needs an odd size and a positive sigma, got ${size} and ${sigma}`);
  }
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

export interface BlurOptions {
  /** Taps of the kernel, odd, in pixels. */
  readonly size: number;
  /** Standard deviation in pixels. */
  readonly sigma: number;
}

const gaussianBlurOp = defineComposite<BlurOptions>('gaussianBlur', ([x], { size, sigma }) => {
  const radius = (size - 1) / 2;
  const channels = x.shape[3];
  const weights = gaussianKernel(size, sigma);
  const along = (image: Tensor, axis: 1 | 2) => {
    const shape = axis === 1 ? [size, 1, 1, 1] : [1, size, 1, 1];
    const filter = broadcast(constant({ data: weights, shape }), shape.with(2, channels));
    const mirrored = pad(
      image,
      [0, 1, 2, 3].map((at) => (at === axis ? [radius, radius] : [0, 0])),
      { mode: 'reflect' },
    );
    return convolutionPrimitives.depthwiseConv2d([mirrored, filter], {
      strides: [1, 1],
      dilations: [1, 1],
      padding: [0, 0, 0, 0],
    });
  };
  return along(along(x, 1), 2);
});

/** Gaussian blur of `[n, h, w, c]` with borders mirrored around the edge pixel (OpenCV's reflect-101). */
export function gaussianBlur(x: Tensor, { size, sigma }: BlurOptions): Tensor {
  checkImages('gaussianBlur', x.shape);
  return gaussianBlurOp([x], { size, sigma });
}
