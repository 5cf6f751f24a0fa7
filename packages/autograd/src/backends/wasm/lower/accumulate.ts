import type { PlanStep } from '../../../compile/plan.ts';
import { accumulate } from '../kernels/accumulate.ts';
import { type LowerContext, unitsOf } from './context.ts';
import { mergeLoops } from './loops.ts';

/** Elements that one unit adds. */
const elementsPerUnit = 8192;

/** Adds a step's input to its output, which keeps what it has. */
export function lowerAccumulate(ctx: LowerContext, step: PlanStep): void {
  if (ctx.isEmpty(step.output)) return;
  const [total, added] = [ctx.stored(step.output), ctx.stored(step.inputs[0])];
  const strides = (axis: number) => [total.layout.strides[axis], added.layout.strides[axis]];
  const loops = mergeLoops(step.shape.map((extent, axis) => ({ extent, strides: strides(axis) })));
  const inner = loops.pop() ?? { extent: 1, strides: [1, 1] };
  const contiguous = inner.strides.every((stride) => stride === 1);
  if (!contiguous) loops.push(inner);
  // A long run is cut into rows, so that it can be shared out.
  const length = contiguous ? inner.extent : 1;
  const row = length % rowElements === 0 ? rowElements : length;
  const rows = { extent: length / row, strides: [row, row] };
  const [first, ...rest] = [...loops, rows].filter(({ extent }, i, all) => extent > 1 || i === all.length - 1);
  const perTurn = rest.reduce((elements, { extent }) => elements * extent, row);
  const perUnit = Math.max(1, Math.floor(elementsPerUnit / perTurn));
  ctx.call({
    kernel: accumulate({ loops: [first, ...rest].map(asPair), run: row }),
    ...unitsOf(first.extent, perUnit),
    arguments: [total, added].map(({ region, layout }, i) => ({
      region,
      start: layout.offset,
      step: perUnit * first.strides[i],
    })),
  });
}

const rowElements = 64;

function asPair({ extent, strides: [total, added] }: { extent: number; strides: readonly number[] }) {
  return { extent, strides: [total, added] as const };
}
