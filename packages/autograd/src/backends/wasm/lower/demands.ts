import { attrsOf, type Plan, type PlanStep } from '../../../compile/plan.ts';
import type { Halo } from '../memory/layout.ts';
import { convolutionAxes, gradientHalo, imageHalo } from './geometry.ts';

/**
 * The halo that a step needs around its first input, if any. Pooling and everything else stay inside their images. A
 * depthwise convolution with several filters a channel first copies its image, so it asks for nothing.
 */
export function haloDemand(step: PlanStep, { values }: Plan): Halo | undefined {
  const [first, second] = step.inputs.map((id) => values[id].shape);
  switch (step.op) {
    case 'conv2d':
      return imageHalo(convolutionAxes(attrsOf('conv2d', step), { image: first, result: step.shape, filter: second }));
    case 'conv2dInputGrad':
      return gradientHalo(
        convolutionAxes(attrsOf('conv2dInputGrad', step), { image: step.shape, result: first, filter: second }),
      );
    case 'conv2dFilterGrad':
      return imageHalo(
        convolutionAxes(attrsOf('conv2dFilterGrad', step), { image: first, result: second, filter: step.shape }),
      );
    case 'depthwiseConv2d':
      if (second[3] > 1) return undefined;
      return imageHalo(
        convolutionAxes(attrsOf('depthwiseConv2d', step), { image: first, result: step.shape, filter: second }),
      );
    case 'depthwiseConv2dInputGrad':
      return gradientHalo(
        convolutionAxes(attrsOf('depthwiseConv2dInputGrad', step), {
          image: step.shape,
          result: first,
          filter: second,
        }),
      );
    case 'depthwiseConv2dFilterGrad':
      if (step.shape[3] > 1) return undefined;
      return imageHalo(
        convolutionAxes(attrsOf('depthwiseConv2dFilterGrad', step), {
          image: first,
          result: second,
          filter: step.shape,
        }),
      );
    default:
      return undefined;
  }
}
