import { sizeOf } from '../../../shape.ts';
import type { Access } from '../kernels/access.ts';
import { type Chain, copyChain } from '../kernels/chain.ts';
import type { Condition } from '../kernels/conditions.ts';
import { map } from '../kernels/map.ts';
import { zeroFill } from '../kernels/zero.ts';
import { covers, gapsOf, type Halo, haloLayout } from '../memory/layout.ts';
import { type LowerContext, unitsOf } from './context.ts';
import { mergeLoops, type StridedLoop } from './loops.ts';
import type { Stored } from './values.ts';

/** Elements that one unit computes, so that a long step can be shared out and is not one endless call. */
const elementsPerUnit = 8192;

/** An array as a kernel walks it: a start and, for each loop, how far it moves. */
export interface Walk {
  readonly stored: Stored;
  /** In floats from the first element. */
  readonly start: number;
  readonly strides: readonly number[];
  /** Whether it holds conditions as bits. */
  readonly access?: Access;
  /** How far it moves from one turn of the program's loop to the next, for what is done once a turn. */
  readonly perTurn?: number;
}

/** All elements in the order of their axes. */
export function walkAll(stored: Stored): Walk {
  return { stored, start: 0, strides: stored.layout.strides };
}

interface MapRequest {
  readonly extents: readonly number[];
  readonly out: Walk;
  readonly inputs: readonly Walk[];
  readonly chain: Chain;
  /** Conditions on the result to keep, and the array for their bits. */
  readonly conditions?: readonly Condition[];
  readonly bits?: Walk;
}

/** Calls a kernel that computes each element of `out` from the inputs at the same place of the loops. */
export function emitMap(ctx: LowerContext, request: MapRequest): void {
  const { extents, out, inputs, chain, conditions = [], bits } = request;
  const walks = [out, ...inputs, ...(bits ? [bits] : [])];
  const merged = mergeLoops(extents.map((extent, i) => ({ extent, strides: walks.map(({ strides }) => strides[i]) })));
  if (sizeOf(extents) === 0) return;
  const scalar: StridedLoop = { extent: 1, strides: walks.map((_, i) => (i === 0 ? 1 : 0)) };
  const loops = merged.length === 0 ? [scalar] : merged;
  const [first, ...rest] = loops;
  const inner = rest.reduce((product, { extent }) => product * extent, 1);
  const byTurn = out.perTurn !== undefined;
  const perUnit = byTurn ? first.extent : Math.max(1, Math.floor(elementsPerUnit / inner));
  ctx.call({
    kernel: map({ loops, inputs: inputs.map((input, i) => accessOf(input, loops, i + 1)), chain, conditions }),
    ...unitsOf(first.extent, perUnit),
    byTurn,
    arguments: walks.map(({ stored, start, perTurn }, i) => ({
      region: stored.region,
      start: stored.layout.offset + start,
      step: perTurn ?? perUnit * first.strides[i],
    })),
  });
}

/** How an input lies along the innermost loop. */
function accessOf({ access }: Walk, loops: readonly StridedLoop[], array: number): Access {
  if (access === 'bits') return access;
  return loops[loops.length - 1].strides[array] === 0 ? 'one' : 'each';
}

/**
 * Copies the array of one turn to or from the place that it has among those of all turns, which is the array with one
 * axis more.
 */
export function emitTurnCopy(ctx: LowerContext, { out, input }: { out: Stored; input: Stored }): void {
  const extents = [out, input].map(({ layout }) => layout.shape).reduce((a, b) => (a.length < b.length ? a : b));
  const walk = (stored: Stored): Walk => {
    const { shape, strides } = stored.layout;
    const [perTurn, ...others] = shape.length > extents.length ? strides : [0, ...strides];
    return { stored, start: 0, strides: others, perTurn };
  };
  emitCopy(ctx, { extents, out: walk(out), input: walk(input) });
}

/** Copies one array into another of the same loops. */
export function emitCopy(
  ctx: LowerContext,
  { extents, out, input }: { extents: readonly number[]; out: Walk; input: Walk },
): void {
  emitMap(ctx, { extents, out, inputs: [input], chain: copyChain });
}

/** Sets everything around an image to zero. */
export function emitZeroHalo(ctx: LowerContext, { region, layout }: Stored): void {
  for (const { start, floats, count, distance } of gapsOf(layout)) {
    emitZero(ctx, { region, start, floats, count, distance });
  }
}

/** Sets a whole array to zero. */
export function emitZeroAll(ctx: LowerContext, { region, layout }: Stored): void {
  emitZero(ctx, { region, start: 0, floats: layout.floats, count: 1, distance: 0 });
}

type Zeros = { region: Stored['region']; start: number; floats: number; count: number; distance: number };

/** Sets equally long stretches at equal distances to zero; lengths and places count floats. */
export function emitZero(ctx: LowerContext, { region, start, floats, count, distance }: Zeros): void {
  const bytes = 4 * floats;
  ctx.call({
    kernel: zeroFill,
    together: true,
    units: count,
    count: bytes,
    lastCount: bytes,
    arguments: [{ region, start, step: distance }],
  });
}

/** The same image with at least this halo around it: itself where it has one, else a copy. */
export function withHalo(ctx: LowerContext, image: Stored, halo: Halo): Stored {
  if (covers(image.layout.halo, halo)) return image;
  const copy = ctx.scratch(haloLayout(image.layout.shape, halo));
  emitZeroHalo(ctx, copy);
  emitCopy(ctx, { extents: image.layout.shape, out: walkAll(copy), input: walkAll(image) });
  return copy;
}
