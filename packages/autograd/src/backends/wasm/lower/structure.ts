import { attrsOf, type PlanStep } from '../../../compile/plan.ts';
import { bindChain, repeatedStrides } from './chain.ts';
import type { KeptStep } from './conditions.ts';
import type { LowerContext } from './context.ts';
import { emitCopy, emitMap, emitZeroAll, walkAll } from './map.ts';

/** A step that is elementwise work and nothing else. */
export function lowerElementwise(ctx: LowerContext, step: KeptStep): void {
  const { chain, inputs, conditions, bits } = bindChain(ctx, step);
  const height = step.shape.length === 4 ? step.shape[1] : 1;
  const { skipped, extent } = ctx.partOf({ first: 0, step: 1, extent: height });
  const fromRow = <W extends { readonly strides: readonly number[] }>(walk: W) => {
    return { ...walk, start: skipped > 0 ? skipped * walk.strides[1] : 0 };
  };
  emitMap(ctx, {
    extents: step.shape.length === 4 ? step.shape.with(1, extent) : step.shape,
    out: fromRow(walkAll(ctx.stored(step.output))),
    inputs: inputs.map(fromRow),
    chain,
    conditions,
    ...(bits && { bits: fromRow(bits) }),
  });
}

export function lowerBroadcast(ctx: LowerContext, { inputs: [x], output, shape }: PlanStep): void {
  const stored = ctx.stored(x);
  const input = { stored, start: 0, strides: repeatedStrides(stored, shape) };
  emitCopy(ctx, { extents: shape, out: walkAll(ctx.stored(output)), input });
}

export function lowerTranspose(ctx: LowerContext, step: PlanStep): void {
  const { perm } = attrsOf('transpose', step);
  const stored = ctx.stored(step.inputs[0]);
  const input = { stored, start: 0, strides: perm.map((axis) => stored.layout.strides[axis]) };
  emitCopy(ctx, { extents: step.shape, out: walkAll(ctx.stored(step.output)), input });
}

export function lowerSlice(ctx: LowerContext, step: PlanStep): void {
  const { begin, strides: steps } = attrsOf('slice', step);
  const stored = ctx.stored(step.inputs[0]);
  const { strides } = stored.layout;
  const start = begin.reduce((place, first, axis) => place + first * strides[axis], 0);
  const input = { stored, start, strides: strides.map((stride, axis) => stride * steps[axis]) };
  emitCopy(ctx, { extents: step.shape, out: walkAll(ctx.stored(step.output)), input });
}

export function lowerDilatePad(ctx: LowerContext, step: PlanStep): void {
  const { low, interior } = attrsOf('dilatePad', step);
  const [x] = step.inputs;
  const out = ctx.stored(step.output);
  const { strides } = out.layout;
  const start = low.reduce((place, before, axis) => place + before * strides[axis], 0);
  emitZeroAll(ctx, out);
  emitCopy(ctx, {
    extents: ctx.shapeOf(x),
    out: { stored: out, start, strides: strides.map((stride, axis) => stride * (interior[axis] + 1)) },
    input: walkAll(ctx.stored(x)),
  });
}

export function lowerConcat(ctx: LowerContext, step: PlanStep): void {
  const { axis } = attrsOf('concat', step);
  const out = ctx.stored(step.output);
  const { strides } = out.layout;
  let start = 0;
  for (const x of step.inputs) {
    const extents = ctx.shapeOf(x);
    emitCopy(ctx, { extents, out: { stored: out, start, strides }, input: walkAll(ctx.stored(x)) });
    start += extents[axis] * strides[axis];
  }
}
