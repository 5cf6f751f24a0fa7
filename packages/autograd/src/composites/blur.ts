import { constant, type Tensor } from '../graph/tensor.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { convolutionPrimitives } from '../primitives/convolution.ts';
import { checkImages } from '../primitives/window.ts';
import { defineComposite } from './define.ts';
import { gaussianKernel } from './gaussian-kernel.ts';
import { pad } from './layout.ts';

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
