import type { Tensor } from '../graph/tensor.ts';
import type { ConvolutionAttrs, Padding } from '../primitives/attributes.ts';
import { broadcast } from '../primitives/broadcast.ts';
import {
  conv2dInputGrad,
  conv2d as convolve,
  depthwiseConv2d as convolveDepthwise,
} from '../primitives/convolution.ts';
import { matmul as multiply } from '../primitives/matmul.ts';
import { concat, reshape, slice } from '../primitives/structure.ts';
import { checkImages, samePadding, windowPositions } from '../primitives/window.ts';
import { type Shape, ShapeError, sameShape, showShape } from '../shape.ts';
import { add } from './arithmetic.ts';

type Pair = readonly [number, number];
/** `same` as TensorFlow has it (the odd pixel at the end), `valid`, or `[[top, bottom], [left, right]]` in pixels. */
export type PaddingOption = 'same' | 'valid' | readonly [Pair, Pair];

export interface ConvolutionOptions {
  /** Rows and columns between neighbouring outputs; 1 by default. */
  readonly strides?: number | Pair;
  readonly padding: PaddingOption;
  /** Rows and columns between neighbouring filter taps; 1 by default. */
  readonly dilations?: number | Pair;
}

/**
 * Two-dimensional convolution (cross-correlation, as in all deep-learning libraries).
 *
 * @param x        `[n, h, w, input channels]`
 * @param filter   `[filter h, filter w, input channels / groups, output channels]`
 * @param options  geometry; `groups` splits the channels into as many independent convolutions
 * @returns        `[n, h', w', output channels]`
 */
export function conv2d(x: Tensor, filter: Tensor, options: ConvolutionOptions & { readonly groups?: number }): Tensor {
  const { groups = 1 } = options;
  const geometry = resolveGeometry('conv2d', [x.shape, filter.shape], options);
  if (groups === 1) return convolve(x, filter, geometry);
  const [inputs, outputs] = [x.shape[3] / groups, filter.shape[3] / groups];
  if (!Number.isInteger(groups) || groups < 1 || !Number.isInteger(inputs) || !Number.isInteger(outputs)) {
    throw new ShapeError(`conv2d cannot split ${x.shape[3]} and ${filter.shape[3]} channels into ${groups} groups`);
  }
  const parts = Array.from({ length: groups }, (_, group) =>
    convolve(channels(x, group * inputs, inputs), channels(filter, group * outputs, outputs), geometry),
  );
  return concat(parts, 3);
}

/**
 * Convolution of each channel by filters of its own.
 *
 * @param x       `[n, h, w, c]`
 * @param filter  `[filter h, filter w, c, multiplier]`
 * @returns       `[n, h', w', c · multiplier]`, channel `c · multiplier + m` from input channel c
 */
export function depthwiseConv2d(x: Tensor, filter: Tensor, options: ConvolutionOptions): Tensor {
  const geometry = resolveGeometry('depthwiseConv2d', [x.shape, filter.shape], options);
  const [rows, columns, channels, multiplier] = filter.shape;
  if (multiplier === 1 || x.shape[3] !== channels) return convolveDepthwise(x, filter, geometry);
  const each = reshape(filter, [rows, columns, channels * multiplier, 1]);
  return convolveDepthwise(repeatChannels(x, multiplier), each, geometry);
}

/** `[n, h, w, c]` -> `[n, h, w, c · times]`: every channel so many times in a row. */
function repeatChannels(x: Tensor, times: number): Tensor {
  const [images, height, width, channels] = x.shape;
  const apart = reshape(x, [images, height, width, channels, 1]);
  const repeated = broadcast(apart, [images, height, width, channels, times]);
  return reshape(repeated, [images, height, width, channels * times]);
}

/**
 * Transposed convolution (also called deconvolution): the input gradient of a convolution used as a layer.
 *
 * @param x        `[n, h, w, c]`
 * @param filter   `[filter h, filter w, output channels, c]`
 * @param options  geometry of the convolution that it transposes; `outputShape` is `[n, h', w', output channels]`
 */
export function conv2dTranspose(
  x: Tensor,
  filter: Tensor,
  options: ConvolutionOptions & { readonly outputShape: Shape },
): Tensor {
  const { outputShape } = options;
  const geometry = resolveGeometry('conv2dTranspose', [outputShape, filter.shape], options);
  const [filterRows, filterColumns, , channels] = filter.shape;
  const positions = windowPositions('conv2dTranspose', outputShape, { ...geometry, size: [filterRows, filterColumns] });
  const needed = [outputShape[0], ...positions, channels];
  if (!sameShape(x.shape, needed)) {
    const [to, wanted, got] = [outputShape, needed, x.shape].map(showShape);
    throw new ShapeError(`conv2dTranspose to ${to} needs an input of ${wanted}, got ${got}`);
  }
  return conv2dInputGrad(x, filter, { ...geometry, inputShape: outputShape });
}

/** Matrix product of `[m, k]` and `[k, n]`, either transposed first on request. */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {},
): Tensor {
  return multiply(a, b, [transposeA, transposeB]);
}

/** Fully connected layer: `[n, inputs]`, `[inputs, outputs]` and an optional `[outputs]` bias -> `[n, outputs]`. */
export function dense(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor {
  const product = matmul(x, kernel);
  if (bias && !sameShape(bias.shape, product.shape.slice(1))) {
    throw new ShapeError(
      `dense needs a bias of shape ${showShape(product.shape.slice(1))}, got ${showShape(bias.shape)}`,
    );
  }
  return bias ? add(product, bias) : product;
}

/** Rows and columns of an option that may be one number for both. */
export function toPair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

/** Top, bottom, left and right pixels of padding for a window on `[n, h, w, c]`. */
export function resolvePadding(
  padding: PaddingOption,
  input: Shape,
  { size, strides, dilations }: { readonly size: Pair; readonly strides: Pair; readonly dilations: Pair },
): Padding {
  if (padding === 'valid') return [0, 0, 0, 0];
  if (padding !== 'same') return [...padding[0], ...padding[1]];
  const along = (axis: 0 | 1) =>
    samePadding(input[1 + axis], { size: size[axis], stride: strides[axis], dilation: dilations[axis] });
  return [...along(0), ...along(1)];
}

function resolveGeometry(
  op: string,
  [input, filter]: readonly [Shape, Shape],
  options: ConvolutionOptions,
): ConvolutionAttrs {
  checkImages(op, input);
  if (filter.length !== 4) throw new ShapeError(`${op} needs a filter of rank 4, got ${showShape(filter)}`);
  const strides = toPair(options.strides ?? 1);
  const dilations = toPair(options.dilations ?? 1);
  const size: Pair = [filter[0], filter[1]];
  return { strides, dilations, padding: resolvePadding(options.padding, input, { size, strides, dilations }) };
}

/** `count` of the last axis, from `start`. */
function channels(x: Tensor, start: number, count: number): Tensor {
  const begin = x.shape.map((_, axis) => (axis === 3 ? start : 0));
  const size = x.shape.map((extent, axis) => (axis === 3 ? count : extent));
  return slice(x, { begin, size, strides: [1, 1, 1, 1] });
}
