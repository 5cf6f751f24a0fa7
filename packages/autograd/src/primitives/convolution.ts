import { type Shape, ShapeError, showShape, sizeOf } from '../shape.ts';
import type { ConvolutionAttrs, FilterShapeAttr, InputShapeAttr } from './attributes.ts';
import { definePrimitive, type Primitive } from './define.ts';
import { linearInOne } from './linearity.ts';
import { windowPositions } from './window.ts';

/** What takes part in a convolution. Any two of them make the third, by a sum of products. */
type Role = 'image' | 'filter' | 'result';
type FormName = `${'conv2d' | 'depthwiseConv2d'}${'' | 'InputGrad' | 'FilterGrad'}`;

const suffixes = { result: '', image: 'InputGrad', filter: 'FilterGrad' } as const;

/** The two that make each one, in the order of the op's inputs. */
const makers: Readonly<Record<Role, readonly [Role, Role]>> = {
  result: ['image', 'filter'],
  image: ['result', 'filter'],
  filter: ['image', 'result'],
};

/**
 * The three forms of a convolution: its result, and the gradients with respect to the image and to the filter. Each is
 * linear in both of its inputs, so its derivative by one of them is the form that makes that one, with the gradient in
 * place of what this form makes.
 *
 * @param summed  over how many leading axes of the filter a value of the result sums; the others are its channels
 */
function defineForms(name: 'conv2d' | 'depthwiseConv2d', summed: number): Readonly<Record<Role, Primitive<FormName>>> {
  const define = (target: Role): Primitive<FormName> =>
    definePrimitive<FormName>({
      name: `${name}${suffixes[target]}`,
      linear: linearInOne,
      shape: ([x, filter], attrs: ConvolutionAttrs & Partial<InputShapeAttr & FilterShapeAttr>, op) =>
        attrs.inputShape ?? attrs.filterShape ?? convolvedShape(op, [x.shape, filter.shape], { ...attrs, summed }),
      multiplyAdds: ({ inputs: [a, b], shape }) => {
        const shapes = byRole(target, shape, [a.shape, b.shape]);
        return sizeOf(shapes.result) * sizeOf(shapes.filter.slice(0, summed));
      },
      vjp: ({ inputs, attrs: { strides, dilations, padding } }, grad) => {
        const tensors = byRole(target, grad, inputs);
        return makers[target].map((role, i) =>
          forms[role](
            makers[role].map((maker) => tensors[maker]),
            {
              ...{ strides, dilations, padding },
              ...(role === 'image' && { inputShape: inputs[i].shape }),
              ...(role === 'filter' && { filterShape: inputs[i].shape }),
            },
          ),
        );
      },
    });
  const forms = { result: define('result'), image: define('image'), filter: define('filter') };
  return forms;
}

function byRole<T>(target: Role, made: T, [first, second]: readonly T[]): Record<Role, T> {
  const [a, b] = makers[target];
  return { [target]: made, [a]: first, [b]: second } as Record<Role, T>;
}

/** Shape of the result, where the filter sums over `summed` of its axes. */
export function convolvedShape(
  op: string,
  [x, filter]: readonly [Shape, Shape],
  { summed, ...geometry }: ConvolutionAttrs & { readonly summed: number },
): Shape {
  if (filter.length !== 4) throw new ShapeError(`${op} needs a filter of rank 4, got ${showShape(filter)}`);
  const [rows, columns] = windowPositions(op, x, { ...geometry, size: [filter[0], filter[1]] });
  if (filter[2] === x[3]) return [x[0], rows, columns, sizeOf(filter.slice(summed))];
  throw new ShapeError(`${op} needs a filter for ${x[3]} input channels, got ${showShape(filter)}`);
}

/** Filters `[h, w, input channels, output channels]`; `[n, h, w, input channels]` -> `[n, h', w', output channels]`. */
const full = defineForms('conv2d', 3);

/** Filters `[h, w, channels, 1]`; each channel looks at itself only. */
const depthwise = defineForms('depthwiseConv2d', 2);

export const convolutionPrimitives = {
  conv2d: full.result,
  conv2dInputGrad: full.image,
  conv2dFilterGrad: full.filter,
  depthwiseConv2d: depthwise.result,
  depthwiseConv2dInputGrad: depthwise.image,
  depthwiseConv2dFilterGrad: depthwise.filter,
};
