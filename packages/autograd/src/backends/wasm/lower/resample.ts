import type { PlanStep } from '../../../compile/plan.ts';
import { resample } from '../kernels/resample.ts';
import type { Region } from '../memory/region.ts';
import { type Argument, type LowerContext, unitsOf } from './context.ts';
import { mergeLoops } from './loops.ts';

/** One term of a weighted sum along an axis. */
export interface Weighted {
  readonly from: number;
  readonly weight: number;
}

/** What each place along an axis of the result is made of. */
export interface AxisTable {
  readonly axis: number;
  readonly entries: readonly (readonly Weighted[])[];
}

/** Elements that one unit computes. */
const elementsPerUnit = 4096;

/** Calls a kernel that forms the step's result from its input by the tables; along other axes, places correspond. */
export function emitResample(ctx: LowerContext, step: PlanStep, tables: readonly AxisTable[]): void {
  const input = ctx.stored(step.inputs[0]);
  const out = ctx.stored(step.output);
  if (ctx.isEmpty(step.output)) return;
  // Along an axis with a table the input stands still, and the table moves by a word.
  const merged = mergeLoops(
    step.shape.map((extent, axis) => {
      const steps = tables.map((table) => Number(table.axis === axis));
      const isPlain = !steps.includes(1);
      return { extent, strides: [out.layout.strides[axis], isPlain ? input.layout.strides[axis] : 0, ...steps] };
    }),
  );
  const loops = merged.length > 0 ? merged : [{ extent: 1, strides: [1, 1, ...tables.map(() => 0)] }];
  const regions = tables.map(({ entries, axis }) => writeTable(ctx, entries, input.layout.strides[axis]));
  const [first] = loops;
  const perTurn = loops.slice(1).reduce((product, { extent }) => product * extent, 1);
  const perUnit = Math.max(1, Math.floor(elementsPerUnit / perTurn));
  ctx.call({
    kernel: resample([{ ...first, extent: 0 }, ...loops.slice(1)]),
    ...unitsOf(first.extent, perUnit),
    arguments: [
      { region: out.region, start: out.layout.offset, step: perUnit * first.strides[0] },
      { region: input.region, start: input.layout.offset, step: perUnit * first.strides[1] },
      ...regions.flatMap(({ region, entries }, i): Argument[] => [
        { region, start: 0, step: perUnit * first.strides[2 + i] },
        { region, start: entries, step: 0 },
      ]),
    ],
  });
}

/** Writes the words that the kernel reads: for each place the number of its first entry, then all entries. */
function writeTable(
  ctx: LowerContext,
  places: readonly (readonly Weighted[])[],
  stride: number,
): { region: Region; entries: number } {
  const entries = places.flat();
  const starts = [0];
  for (const place of places) starts.push(starts[starts.length - 1] + place.length);
  const words = new Int32Array(starts.length + 2 * entries.length);
  const weights = new Float32Array(words.buffer);
  words.set(starts);
  entries.forEach(({ from, weight }, i) => {
    const at = starts.length + 2 * i;
    words[at] = 4 * from * stride;
    weights[at + 1] = weight;
  });
  // From floats to floats bytes are copied, so that words stay what they are.
  const region = ctx.take(words, { key: 'table', floats: words.length, write: (into) => into.set(weights) });
  return { region, entries: starts.length };
}
