import type { StepName } from '../../../compile/plan.ts';
import type { ElementwiseName } from '../../../primitives/attributes.ts';
import { lowerAccumulate } from './accumulate.ts';
import type { Rows } from './bands/rows-read.ts';
import type { KeptStep } from './conditions.ts';
import type { Call, LowerContext } from './context.ts';
import { lowerConv2d, lowerConv2dFilterGrad } from './convolution.ts';
import { lowerDepthwise, lowerDepthwiseFilterGrad } from './depthwise.ts';
import { emitZeroHalo } from './map.ts';
import { lowerMatmul } from './matmul.ts';
import { lowerRandomNormal } from './random.ts';
import { lowerReduction } from './reduce.ts';
import { lowerGather, lowerPool, lowerResize, lowerResizeTranspose, lowerScatterAdd } from './sampling.ts';
import {
  lowerBroadcast,
  lowerConcat,
  lowerDilatePad,
  lowerElementwise,
  lowerSlice,
  lowerTranspose,
} from './structure.ts';

type Lowering = (ctx: LowerContext, step: KeptStep) => void;
/** Elementwise ops come as chains, reshapes as other views of the same memory. */
type LoweredName = Exclude<StepName, ElementwiseName | 'reshape' | 'stopGradient'>;

/** How each op becomes calls of kernels; a missing one is a type error. */
const lowerings: Record<LoweredName, Lowering> = {
  elementwise: lowerElementwise,
  accumulate: lowerAccumulate,
  randomNormal: lowerRandomNormal,
  broadcast: lowerBroadcast,
  sum: lowerReduction,
  max: lowerReduction,
  matmul: lowerMatmul,
  conv2d: lowerConv2d,
  conv2dInputGrad: lowerConv2d,
  conv2dFilterGrad: lowerConv2dFilterGrad,
  depthwiseConv2d: lowerDepthwise,
  depthwiseConv2dInputGrad: lowerDepthwise,
  depthwiseConv2dFilterGrad: lowerDepthwiseFilterGrad,
  argPool: lowerPool,
  poolGather: lowerPool,
  poolScatter: lowerPool,
  resize: lowerResize,
  resizeTranspose: lowerResizeTranspose,
  slice: lowerSlice,
  dilatePad: lowerDilatePad,
  gather: lowerGather,
  scatterAdd: lowerScatterAdd,
  transpose: lowerTranspose,
  concat: lowerConcat,
};

/** Makes the calls for some rows of a step's result, whose halo has been cleared. */
export function lowerRows(ctx: LowerContext, step: KeptStep, rows: Rows): void {
  ctx.forRows(rows, () => lowerings[step.op as LoweredName](ctx, step));
}

/** The kernel calls of one step, in order. The halo of its result is cleared first: memory is used again. */
export function lowerStep(ctx: LowerContext, step: KeptStep, at: number): readonly Call[] {
  return ctx.collect(at, () => {
    if (step.op !== 'accumulate') emitZeroHalo(ctx, ctx.stored(step.output));
    lowerings[step.op as LoweredName](ctx, step);
  });
}
