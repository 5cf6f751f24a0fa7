import type { Tensor } from '../graph/tensor.ts';
import { type Shape, ShapeError, sameShape, showShape, sizeOf } from '../shape.ts';
import type { ConvolutionAttrs } from './attributes.ts';
import { definePrimitive } from './define.ts';
import { linearInOne } from './linearity.ts';
import { windowPositions } from './window.ts';

/**
 * A convolution is linear in the image and in the filter. Each of its three forms (the result, the gradient with
 * respect to the image, the gradient with respect to the filter) is bilinear, and the other two are its derivatives.
 */
interface ConvolutionFamily {
  readonly forward: (x: Tensor, filter: Tensor, geometry: ConvolutionAttrs) => Tensor;
  readonly inputGrad: (grad: Tensor, filter: Tensor, at: ConvolutionAttrs & { inputShape: Shape }) => Tensor;
  readonly filterGrad: (x: Tensor, grad: Tensor, at: ConvolutionAttrs & { filterShape: Shape }) => Tensor;
}

type FamilyName = 'conv2d' | 'depthwiseConv2d';
type OutputChannels = (op: string, inputChannels: number, filter: Shape) => number;

function defineFamily<N extends FamilyName>(name: N, outputChannels: OutputChannels) {
  const outputShape = (op: string, [x, filter]: readonly [Shape, Shape], geometry: ConvolutionAttrs): Shape => {
    if (filter.length !== 4) throw new ShapeError(`${op} needs a filter of rank 4, got ${showShape(filter)}`);
    const [rows, columns] = windowPositions(op, x, { ...geometry, size: [filter[0], filter[1]] });
    return [x[0], rows, columns, outputChannels(op, x[3], filter)];
  };
  const checkGrad = (op: string, grad: Shape, expected: Shape) => {
    if (!sameShape(grad, expected)) {
      throw new ShapeError(`${op} needs a gradient of shape ${showShape(expected)}, got ${showShape(grad)}`);
    }
  };
  /** Taps of the filter that each output value sums over. */
  const taps = (filter: Shape) => (name === 'conv2d' ? filter[0] * filter[1] * filter[2] : filter[0] * filter[1]);

  const forward = definePrimitive<FamilyName>({
    name,
    arity: 2,
    linear: linearInOne,
    shape: ([x, filter], geometry) => outputShape(name, [x.shape, filter.shape], geometry),
    multiplyAdds: ([, filter], output) => sizeOf(output) * taps(filter.shape),
    vjp: ({ inputs: [x, filter], attrs, grad }) => [
      family.inputGrad(grad, filter, { ...attrs, inputShape: x.shape }),
      family.filterGrad(x, grad, { ...attrs, filterShape: filter.shape }),
    ],
  });
  const inputGrad = definePrimitive<`${FamilyName}InputGrad`>({
    name: `${name}InputGrad`,
    arity: 2,
    linear: linearInOne,
    shape: ([grad, filter], { inputShape, ...geometry }) => {
      checkGrad(`${name}InputGrad`, grad.shape, outputShape(name, [inputShape, filter.shape], geometry));
      return inputShape;
    },
    multiplyAdds: ([grad, filter]) => sizeOf(grad.shape) * taps(filter.shape),
    vjp: ({ inputs: [grad, filter], attrs: { inputShape: _, ...geometry }, grad: outer }) => [
      family.forward(outer, filter, geometry),
      family.filterGrad(outer, grad, { ...geometry, filterShape: filter.shape }),
    ],
  });
  const filterGrad = definePrimitive<`${FamilyName}FilterGrad`>({
    name: `${name}FilterGrad`,
    arity: 2,
    linear: linearInOne,
    shape: ([x, grad], { filterShape, ...geometry }) => {
      checkGrad(`${name}FilterGrad`, grad.shape, outputShape(name, [x.shape, filterShape], geometry));
      return filterShape;
    },
    multiplyAdds: ([, grad], filter) => sizeOf(grad.shape) * taps(filter),
    vjp: ({ inputs: [x, grad], attrs: { filterShape: _, ...geometry }, grad: outer }) => [
      family.inputGrad(grad, outer, { ...geometry, inputShape: x.shape }),
      family.forward(x, outer, geometry),
    ],
  });
  const family: ConvolutionFamily = {
    forward: (x, filter, { strides, dilations, padding }) => forward([x, filter], { strides, dilations, padding }),
    inputGrad: (grad, filter, attrs) => inputGrad([grad, filter], attrs),
    filterGrad: (x, grad, attrs) => filterGrad([x, grad], attrs),
  };
  return { ...family, ops: { forward, inputGrad, filterGrad } };
}

/** Filters `[h, w, input channels, output channels]`; `[n, h, w, input channels]` -> `[n, h', w', output channels]`. */
const full = defineFamily('conv2d', (op, inputChannels, filter) => {
  if (filter[2] === inputChannels) return filter[3];
  throw new ShapeError(`${op} needs a filter for ${inputChannels} input channels, got ${showShape(filter)}`);
});

/** Filters `[h, w, channels, 1]`; each channel looks at itself only. */
const depthwise = defineFamily('depthwiseConv2d', (op, inputChannels, filter) => {
  if (filter[2] === inputChannels && filter[3] === 1) return inputChannels;
  throw new ShapeError(`${op} needs a filter for ${inputChannels} channels, got ${showShape(filter)}`);
});

export const conv2d = full.forward;
export const conv2dInputGrad = full.inputGrad;
export const depthwiseConv2d = depthwise.forward;

export const convolutionPrimitives = {
  conv2d: full.ops.forward,
  conv2dInputGrad: full.ops.inputGrad,
  conv2dFilterGrad: full.ops.filterGrad,
  depthwiseConv2d: depthwise.ops.forward,
  depthwiseConv2dInputGrad: depthwise.ops.inputGrad,
  depthwiseConv2dFilterGrad: depthwise.ops.filterGrad,
};
