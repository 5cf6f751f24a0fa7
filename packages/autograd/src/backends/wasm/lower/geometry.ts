import { attrsOf, type Plan, type PlanStep } from '../../../compile/plan.ts';
import type { Halo } from '../memory/layout.ts';

/** One axis, rows or columns, of a window that slides over an image. */
export interface Axis {
  /** Pixels of the image and places of the window. */
  readonly extent: number;
  readonly places: number;
  /** Taps of the window, and the pixels between places and between taps. */
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Pixels before the image that the first place covers. */
  readonly before: number;
}

/** A step that is a convolution, or one of its gradients: with the image, or with the filter, as its result. */
export interface Convolution {
  readonly form: 'forward' | 'inputGrad' | 'filterGrad';
  /** Rows and columns. */
  readonly axes: readonly [Axis, Axis];
  /** What the step reads around its first input. */
  readonly halo: Halo;
}

/** The geometry of a step that is a form of a convolution. */
export function convolutionOf(step: PlanStep, { values }: Plan): Convolution | undefined {
  const [, suffix] = /onv2d(.*)$/.exec(step.op) ?? [];
  if (suffix === undefined) return undefined;
  const form = suffix === '' ? 'forward' : suffix === 'InputGrad' ? 'inputGrad' : 'filterGrad';
  const [first, second] = step.inputs.map((id) => values[id].shape);
  const shapes = {
    forward: { image: first, result: step.shape, filter: second },
    inputGrad: { image: step.shape, result: first, filter: second },
    filterGrad: { image: first, result: second, filter: step.shape },
  };
  const { image, result, filter } = shapes[form];
  const { strides, dilations, padding } = attrsOf('conv2d', step);
  const along = (i: 0 | 1): Axis => ({
    extent: image[1 + i],
    places: result[1 + i],
    taps: filter[i],
    stride: strides[i],
    dilation: dilations[i],
    before: padding[2 * i],
  });
  const axes = [along(0), along(1)] as const;
  return { form, axes, halo: form === 'inputGrad' ? gradientHalo(axes) : imageHalo(axes) };
}

/** What a convolution reads around its image. */
function imageHalo([rows, columns]: readonly [Axis, Axis]): Halo {
  const after = ({ extent, places, taps, stride, dilation, before }: Axis) =>
    Math.max(0, (places - 1) * stride + (taps - 1) * dilation - before - (extent - 1));
  return { top: rows.before, bottom: after(rows), left: columns.before, right: after(columns) };
}

/** What the input gradient of a convolution reads around the gradient of its result. */
function gradientHalo([rows, columns]: readonly [Axis, Axis]): Halo {
  const before = ({ taps, stride, dilation, before }: Axis) =>
    Math.max(0, -Math.ceil((before - (taps - 1) * dilation) / stride));
  const after = ({ extent, places, stride, before }: Axis) =>
    Math.max(0, Math.floor((extent - 1 + before) / stride) - (places - 1));
  return { top: before(rows), bottom: after(rows), left: before(columns), right: after(columns) };
}
