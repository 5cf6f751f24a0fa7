import type { PlanStep } from '../../../compile/plan.ts';
import { resample } from '../kernels/resample.ts';
import type { Region } from '../memory/region.ts';
import { type Argument, type LowerContext, unitsOf } from './context.ts';

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

interface ResampleLoop {
  readonly extent: number;
  readonly out: number;
  readonly input: number;
  readonly table?: number;
}

/** Elements that one unit computes. */
const elementsPerUnit = 4096;

/** Calls a kernel that forms the step's result from its input by the tables; along other axes, places correspond. */
export function emitResample(ctx: LowerContext, step: PlanStep, tables: readonly AxisTable[]): void {
  const input = ctx.stored(step.inputs[0]);
  const out = ctx.stored(step.output);
  if (ctx.isEmpty(step.output)) return;
  const places = step.shape.map((extent, axis): ResampleLoop => {
    const table = tables.findIndex((candidate) => candidate.axis === axis);
    const strides = { out: out.layout.strides[axis], input: input.layout.strides[axis] };
    return table < 0 ? { extent, ...strides } : { extent, out: strides.out, input: 0, table };
  });
  const loops = joinPlain(places);
  const regions = tables.map(({ entries, axis }) => writeTable(ctx, entries, input.layout.strides[axis]));
  const [first] = loops;
  const perTurn = loops.slice(1).reduce((product, { extent }) => product * extent, 1);
  const perUnit = Math.max(1, Math.floor(elementsPerUnit / perTurn));
  ctx.call({
    kernel: resample({ loops: [{ ...first, extent: 0 }, ...loops.slice(1)], tables: tables.length }),
    ...unitsOf(first.extent, perUnit),
    arguments: [
      { region: out.region, start: out.layout.offset, step: perUnit * first.out },
      { region: input.region, start: input.layout.offset, step: perUnit * first.input },
      ...regions.flatMap(({ region, entries }, i): Argument[] => [
        { region, start: 0, step: first.table === i ? perUnit : 0 },
        { region, start: entries, step: 0 },
      ]),
    ],
  });
}

/** Joins neighbouring loops without a table that run through in one go, and drops single turns; at least one is left. */
function joinPlain(loops: readonly ResampleLoop[]): ResampleLoop[] {
  const joined: ResampleLoop[] = [];
  for (const loop of loops) {
    if (loop.extent === 1 && loop.table === undefined) continue;
    const outer = joined.at(-1);
    const isPlain = outer !== undefined && outer.table === undefined && loop.table === undefined;
    const runsOn = isPlain && outer.out === loop.out * loop.extent && outer.input === loop.input * loop.extent;
    if (outer && runsOn) joined[joined.length - 1] = { ...loop, extent: outer.extent * loop.extent };
    else joined.push(loop);
  }
  return joined;
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
  const region = ctx.take(words, { key: 'table', floats: words.length, write: (into) => into.set(weights) });
  return { region, entries: starts.length };
}
