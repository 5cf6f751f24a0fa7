import type { PlanStep } from '../../../compile/plan.ts';
import type { TapLoop } from '../kernels/depthwise-taps.ts';
import type { LowerContext } from './context.ts';
import type { Axis } from './geometry.ts';
import { withHalo } from './map.ts';
import type { Stored } from './values.ts';

/** Rows or columns of a result: `first`, `first + step`, … */
interface Lines {
  readonly first: number;
  readonly step: number;
  readonly extent: number;
  /** How far the image moves from one to the next, in floats. */
  readonly move: number;
}

/** A window that slides over an image: every place it comes to is a pixel of the result, and meets the same taps. */
export interface Sweep {
  /** Place of the first tap at the first pixel, in floats from the first element of the image. */
  readonly start: number;
  readonly rows: Lines;
  readonly columns: Lines;
  /** The first tap, in floats from the beginning of the filter. */
  readonly filterStart: number;
  readonly tapRows: TapLoop;
  readonly tapColumns: TapLoop;
}

/** A sweep along one axis, in pixels and taps. */
interface Line {
  readonly start: number;
  readonly first: number;
  readonly step: number;
  readonly extent: number;
  /** Pixels from place to place, and from tap to tap. */
  readonly move: number;
  readonly tapMove: number;
  readonly tap: number;
  readonly taps: number;
  readonly tapStep: number;
}

/**
 * A convolution is one sweep over its image. Its input gradient is the same with the filter turned round, over the gradient
 * of its result: a pixel sums over the places of the window that met it. With strides, the pixels fall into phases that
 * each meet taps of their own, and each phase is a sweep.
 *
 * @returns  the image with the halo that the step needs, and the sweeps over it for the rows that are lowered now
 */
export function sweepsOf(ctx: LowerContext, step: PlanStep): { image: Stored; sweeps: Sweep[] } {
  const [x, filter] = step.inputs;
  const { form, axes, halo } = ctx.convolution(step);
  const image = withHalo(ctx, ctx.stored(x), halo);
  const [, rowStride, pixelStride] = image.layout.strides;
  const [perRow, perColumn] = ctx.stridesOf(filter);
  const [rows, columns] = axes.map(form === 'inputGrad' ? phasesOf : windowLine);
  const sweeps = rows.flatMap((whole) => {
    const row = partOf(ctx, whole);
    return columns.map((column) => ({
      start: row.start * rowStride + column.start * pixelStride,
      rows: { first: row.first, step: row.step, extent: row.extent, move: row.move * rowStride },
      columns: { first: column.first, step: column.step, extent: column.extent, move: column.move * pixelStride },
      filterStart: row.tap * perRow + column.tap * perColumn,
      tapRows: { extent: row.taps, image: row.tapMove * rowStride, filter: row.tapStep * perRow },
      tapColumns: { extent: column.taps, image: column.tapMove * pixelStride, filter: column.tapStep * perColumn },
    }));
  });
  return { image, sweeps };
}

/** The rows of a sweep that are lowered now. */
function partOf(ctx: LowerContext, row: Line): Line {
  const { skipped, extent } = ctx.partOf(row);
  return { ...row, start: row.start + skipped * row.move, first: row.first + skipped * row.step, extent };
}

function windowLine({ places, taps, stride, dilation, before }: Axis): Line[] {
  return [
    {
      ...{ start: -before, first: 0, step: 1, extent: places, move: stride },
      ...{ tapMove: dilation, tap: 0, taps, tapStep: 1 },
    },
  ];
}

/**
 * The pixels of an axis by their remainder by the stride: those of one phase all meet the same taps, and each next tap
 * belongs to an earlier place of the window. Some phases may meet no tap.
 */
function phasesOf({ extent, taps, stride, dilation, before }: Axis): Line[] {
  return Array.from({ length: Math.min(stride, extent) }, (_, first) => {
    const meeting = Array.from({ length: taps }, (_, tap) => tap).filter(
      (tap) => (first + before - tap * dilation) % stride === 0,
    );
    const [tap = 0, next = tap + 1] = meeting;
    const tapStep = next - tap;
    return {
      start: meeting.length > 0 ? (first + before - tap * dilation) / stride : 0,
      ...{ first, step: stride, extent: Math.ceil((extent - first) / stride), move: 1 },
      tapMove: meeting.length > 1 ? (-tapStep * dilation) / stride : 0,
      ...{ tap, taps: meeting.length, tapStep },
    };
  });
}
