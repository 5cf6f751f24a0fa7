import type { Plan, PlanStep } from '../../../../compile/plan.ts';
import { type Axis, convolutionOf } from '../geometry.ts';

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
  const readsOnce = step.inputs.filter((id) => id === image).length === 1;
  if (!readsOnce || step.shape.length !== 4) return undefined;
  if (step.op === 'elementwise') return (rows) => rows;
  const convolution = convolutionOf(step, plan);
  if (!convolution || convolution.form === 'filterGrad' || step.inputs[0] !== image) return undefined;
  const { form, axes } = convolution;
  return form === 'forward' ? rowsUnderWindows(axes[0]) : windowsOverRows(axes[0]);
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
