import { attrsOf, type PlanStep } from '../../../compile/plan.ts';
import { normalOf } from '../../../random/normal-table.ts';
import { sizeOf } from '../../../shape.ts';
import { randomEntries, tableEntries } from '../kernels/random.ts';
import { denseLayout, isDense } from '../memory/layout.ts';
import { type LowerContext, unitsOf } from './context.ts';
import { emitCopy, walkAll } from './map.ts';

/** Vectors of four numbers that one unit computes. */
const vectorsPerUnit = 2048;

/** Normal noise: a table of normal values, and for each element a hash of its position that chooses one of them. */
export function lowerRandomNormal(ctx: LowerContext, step: PlanStep): void {
  const { deviation } = attrsOf('randomNormal', step);
  const out = ctx.stored(step.output);
  if (ctx.isEmpty(step.output)) return;
  const dense = isDense(out.layout) ? out : ctx.scratch(denseLayout(step.shape));
  const table = ctx.take(normalOf, {
    key: `times ${deviation}`,
    floats: tableEntries,
    write: (into) => {
      for (let i = 0; i < into.length; i++) into[i] = deviation * normalOf(i * 2 ** 16);
    },
  });
  const key = ctx.stored(step.inputs[0]);
  ctx.call({
    kernel: randomEntries,
    ...unitsOf(Math.ceil(sizeOf(step.shape) / 4), vectorsPerUnit),
    arguments: [
      { region: dense.region, start: dense.layout.offset, step: 4 * vectorsPerUnit },
      { region: key.region, start: key.layout.offset, step: 0 },
      { region: table, start: 0, step: 0 },
      { start: 0, step: 4 * vectorsPerUnit },
    ],
  });
  if (dense !== out) emitCopy(ctx, { extents: step.shape, out: walkAll(out), input: walkAll(dense) });
}
