import { attrsOf, type PlanStep } from '../../../compile/plan.ts';
import type { WindowAttrs } from '../../../primitives/attributes.ts';
import { type ResizeTap, resizeTaps } from '../../../primitives/resize.ts';
import { pool } from '../kernels/pool.ts';
import { type LowerContext, unitsOf } from './context.ts';
import { emitResample, type Weighted } from './resample.ts';

/** `argPool`, `poolGather` and `poolScatter`. */
export function lowerPool(ctx: LowerContext, step: PlanStep): void {
  const kind = step.op as 'argPool' | 'poolGather' | 'poolScatter';
  const { window, strides, padding } = step.attrs as unknown as WindowAttrs;
  const [images, height, width, channels] = step.shape;
  const [, sourceHeight, sourceWidth] = ctx.shapeOf(step.inputs[0]);
  if (images * height * width * channels === 0) return;
  const arrays = [step.output, ...step.inputs].map((id) => ctx.stored(id));
  const perUnit = Math.max(1, Math.floor(pixelsPerUnit / width));
  const kernel = pool({
    kind,
    channels,
    window,
    strides,
    before: [padding[0], padding[2]],
    source: [sourceHeight, sourceWidth],
    width,
    arrays: arrays.map(({ layout }) => ({ row: layout.strides[1], pixel: layout.strides[2] })),
  });
  for (let n = 0; n < images; n++) {
    ctx.call({
      kernel,
      ...unitsOf(height, perUnit),
      arguments: [
        { start: 0, step: perUnit },
        ...arrays.map(({ region, layout }, i) => ({
          region,
          start: layout.offset + n * layout.strides[0],
          step: i === 0 ? perUnit * layout.strides[1] : 0,
        })),
      ],
    });
  }
}

const pixelsPerUnit = 96;

export function lowerResize(ctx: LowerContext, step: PlanStep): void {
  const attrs = attrsOf('resize', step);
  const shape = ctx.shapeOf(step.inputs[0]);
  const along = (axis: 1 | 2) => resizeTaps(shape[axis], step.shape[axis], attrs).map(weighted);
  emitResample(ctx, step, [
    { axis: 1, entries: along(1) },
    { axis: 2, entries: along(2) },
  ]);
}

/** Every pixel collects from the pixels that it was spread to. */
export function lowerResizeTranspose(ctx: LowerContext, step: PlanStep): void {
  const attrs = attrsOf('resizeTranspose', step);
  const shape = ctx.shapeOf(step.inputs[0]);
  const along = (axis: 1 | 2) =>
    turnRound(resizeTaps(step.shape[axis], shape[axis], attrs).map(weighted), step.shape[axis]);
  emitResample(ctx, step, [
    { axis: 1, entries: along(1) },
    { axis: 2, entries: along(2) },
  ]);
}

export function lowerGather(ctx: LowerContext, step: PlanStep): void {
  const { axis, indices } = attrsOf('gather', step);
  emitResample(ctx, step, [{ axis, entries: indices.map((from) => [{ from, weight: 1 }]) }]);
}

export function lowerScatterAdd(ctx: LowerContext, step: PlanStep): void {
  const { axis, indices, size } = attrsOf('scatterAdd', step);
  const gathered = indices.map((from) => [{ from, weight: 1 }]);
  emitResample(ctx, step, [{ axis, entries: turnRound(gathered, size) }]);
}

function weighted({ low, high, weight }: ResizeTap): Weighted[] {
  const both = [
    { from: low, weight: 1 - weight },
    { from: high, weight },
  ];
  return both.filter((entry) => entry.weight !== 0);
}

/** The transposed table: for each of `size` sources, the targets that draw on it. */
function turnRound(table: readonly (readonly Weighted[])[], size: number): Weighted[][] {
  const turned: Weighted[][] = Array.from({ length: size }, () => []);
  table.forEach((entries, target) => {
    for (const { from, weight } of entries) turned[from].push({ from: target, weight });
  });
  return turned;
}
