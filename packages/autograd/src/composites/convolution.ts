import type { Tensor } from '../graph/tensor.ts';
import type { ConvolutionAttrs, Padding } from '../primitives/attributes.ts';
import { broadcast } from '../primitives/broadcast.ts';
import { convolutionPrimitives, convolvedShape } from '../primitives/convolution.ts';
import { matmul } from '../primitives/matmul.ts';
import { concat, reshape, sliceAlong } from '../primitives/structure.ts';
import { checkImages, samePadding } from '../primitives/window.ts';
import { checkSameShape, type Shape, ShapeError, showShape } from '../shape.ts';
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
  const convolve = convolutionPrimitives.conv2d;
  const geometry = resolveGeometry(x.shape, filter.shape, options);
  if (groups === 1) return convolve([x, filter], geometry);
  checkImages('conv2d', x.shape);
  const [inputs, outputs] = [x.shape[3] / groups, filter.shape[3] / groups];
  if (!Number.isInteger(groups) || groups < 1 || !Number.isInteger(inputs) || !Number.isInteger(outputs)) {
    throw new ShapeError(`conv2d cannot split ${x.shape[3]} and ${filter.shape[3]} channels into ${groups} groups`);
  }
  const parts = Array.from({ length: groups }, (_, group) =>
    convolve([sliceAlong(x, 3, [group * inputs, inputs]), sliceAlong(filter, 3, [group * outputs, outputs])], geometry),
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
  const geometry = resolveGeometry(x.shape, filter.shape, options);
  const convolve = convolutionPrimitives.depthwiseConv2d;
  const [rows, columns, channels, multiplier] = filter.shape;
  if (multiplier === 1 || x.shape[3] !== channels) return convolve([x, filter], geometry);
  const each = reshape(filter, [rows, columns, channels * multiplier, 1]);
  return convolve([repeatChannels(x, multiplier), each], geometry);
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
  const geometry = resolveGeometry(outputShape, filter.shape, options);
  const needed = convolvedShape('conv2dTranspose', [outputShape, filter.shape], { ...geometry, summed: 3 });
  checkSameShape(`conv2dTranspose to ${showShape(outputShape)} needs an input`, x.shape, needed);
  return convolutionPrimitives.conv2dInputGrad([x, filter], { ...geometry, inputShape: outputShape });
}

/** Fully connected layer: `[n, inputs]`, `[inputs, outputs]` and an optional `[outputs]` bias -> `[n, outputs]`. */
export function dense(x: Tensor, kernel: Tensor, bias?: Tensor): Tensor {
  const product = matmul(x, kernel);
  if (!bias) return product;
  checkSameShape('dense needs a bias', bias.shape, product.shape.slice(1));
  return add(product, bias);
}

/** Rows and columns of an option that may be one number for both. */
export function toPair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

/** Top, bottom, left and right pixels of padding for a window on `[n, h, w, c]`. */
export function resolvePadding(
  padding: PaddingOption,
  input: Shape,
  window: { readonly size: Pair; readonly strides: Pair; readonly dilations?: Pair },
): Padding {
  if (padding === 'valid') return [0, 0, 0, 0];
  return padding === 'same' ? samePadding(input, window) : [...padding[0], ...padding[1]];
}

function resolveGeometry(input: Shape, filter: Shape, options: ConvolutionOptions): ConvolutionAttrs {
  const strides = toPair(options.strides ?? 1);
  const dilations = toPair(options.dilations ?? 1);
  const size: Pair = [filter[0], filter[1]];
  return { strides, dilations, padding: resolvePadding(options.padding, input, { size, strides, dilations }) };
}
