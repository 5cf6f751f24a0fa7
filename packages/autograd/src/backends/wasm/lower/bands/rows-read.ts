import { attrsOf, type Plan, type PlanStep } from '../../../../compile/plan.ts';
import { type Axis, convolutionAxes } from '../geometry.ts';

/** Rows of an image, `from` one on and before another. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows of an image that a step reads for some rows of its result; they may reach past the image, into its halo.
 * Undefined for a step that is not a window over rows.
 *
 * @param image  the value that is read
 */
export function rowsRead(step: PlanStep, image: number, plan: Plan): ((rows: Rows) => Rows) | undefined {
  const shape = (input: number) => plan.values[step.inputs[input]].shape;
  const readsOnce = step.inputs.filter((id) => id === image).length === 1;
  if (!readsOnce || step.shape.length !== 4) return undefined;
  if (step.op === 'elementwise') return (rows) => rows;
  if (step.inputs[0] !== image) return undefined;
  switch (step.op) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      if (step.op === 'depthwiseConv2d' && shape(1)[3] > 1) return undefined;
      const parts = { image: shape(0), result: step.shape, filter: shape(1) };
      return rowsUnderWindows(convolutionAxes(attrsOf('conv2d', step), parts)[0]);
    }
    case 'conv2dInputGrad':
    case 'depthwiseConv2dInputGrad': {
      if (step.op === 'depthwiseConv2dInputGrad' && shape(1)[3] > 1) return undefined;
      const parts = { image: step.shape, result: shape(0), filter: shape(1) };
      return windowsOverRows(convolutionAxes(attrsOf('conv2dInputGrad', step), parts)[0]);
    }
    default:
      return undefined;
  }
}

function rowsUnderWindows({ stride, before, taps, dilation }: Axis): (places: Rows) => Rows {
  const first = (place: number) => place * stride - before;
  return ({ from, to }) => ({ from: first(from), to: first(to - 1) + (taps - 1) * dilation + 1 });
}

function windowsOverRows({ stride, before, taps, dilation }: Axis): (rows: Rows) => Rows {
  return ({ from, to }) => ({
    from: Math.ceil((from + before - (taps - 1) * dilation) / stride),
    to: Math.floor((to - 1 + before) / stride) + 1,
  });
}
