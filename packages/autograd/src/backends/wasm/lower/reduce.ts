import { attrsOf, type PlanStep } from '../../../compile/plan.ts';
import { sizeOf } from '../../../shape.ts';
import { type Chain, copyChain } from '../kernels/chain.ts';
import { reduce } from '../kernels/reduce.ts';
import { type LowerContext, unitsOf } from './context.ts';
import { mergeLoops } from './loops.ts';
import { emitZeroAll } from './map.ts';
import type { Stored } from './values.ts';

interface Reduction {
  readonly kind: 'sum' | 'max';
  /** Loops over results, and how far the result moves along each. */
  readonly kept: { readonly extents: readonly number[]; readonly out: readonly number[] };
  /** Loops that are gathered up. */
  readonly reduced: readonly number[];
  readonly out: { readonly stored: Stored; readonly start: number };
  /** How far each input moves along the kept loops, then along the reduced ones. */
  readonly inputs: readonly { readonly stored: Stored; readonly start: number; readonly strides: readonly number[] }[];
  readonly chain: Chain;
}

/** Results that one unit computes share about this many inputs. */
const inputsPerUnit = 32768;

/** Calls a kernel that gathers, for each result, the chain of the inputs over some loops. */
export function emitReduce(ctx: LowerContext, { kind, kept, reduced, out, inputs, chain }: Reduction): void {
  if (sizeOf(kept.extents) === 0) return;
  if (sizeOf(reduced) === 0) {
    emitZeroAll(ctx, out.stored);
    return;
  }
  const keptLoops = mergeLoops(
    kept.extents.map((extent, i) => ({ extent, strides: [kept.out[i], ...inputs.map(({ strides }) => strides[i])] })),
  );
  const reducedLoops = mergeLoops(
    reduced.map((extent, i) => ({ extent, strides: inputs.map(({ strides }) => strides[kept.extents.length + i]) })),
  );
  const loops = keptLoops.length > 0 ? keptLoops : [{ extent: 1, strides: [1, ...inputs.map(() => 0)] }];
  const gathered = reducedLoops.length > 0 ? reducedLoops : [{ extent: 1, strides: inputs.map(() => 0) }];
  const [first] = loops;
  const perTurn = (sizeOf(kept.extents) / first.extent) * sizeOf(reduced);
  // A whole number of vectors, so that only the last unit of a single loop has an odd rest.
  const perUnit = 4 * Math.max(1, Math.floor(inputsPerUnit / perTurn / 4));
  ctx.call({
    kernel: reduce({ kind, kept: loops, reduced: gathered, chain }),
    ...unitsOf(first.extent, perUnit),
    arguments: [out, ...inputs].map(({ stored, start }, i) => ({
      region: stored.region,
      start: stored.layout.offset + start,
      step: perUnit * first.strides[i],
    })),
  });
}

/** `sum` and `max` over axes. */
export function lowerReduction(ctx: LowerContext, step: PlanStep): void {
  const kind = step.op as 'sum' | 'max';
  const { axes } = attrsOf(kind, step);
  const [x] = step.inputs;
  const shape = ctx.shapeOf(x);
  const input = ctx.stored(x);
  const out = ctx.stored(step.output);
  const keptAxes = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const { strides } = input.layout;
  emitReduce(ctx, {
    kind,
    kept: { extents: keptAxes.map((axis) => shape[axis]), out: out.layout.strides },
    reduced: axes.map((axis) => shape[axis]),
    out: { stored: out, start: 0 },
    inputs: [{ stored: input, start: 0, strides: [...keptAxes, ...axes].map((axis) => strides[axis]) }],
    chain: copyChain,
  });
}
