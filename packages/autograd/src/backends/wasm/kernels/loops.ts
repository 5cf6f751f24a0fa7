import type { Code } from '../writer/code.ts';
import { type FunctionWriter, type Local, set, tee } from '../writer/function-writer.ts';
import { advance, choose, element, i32, repeatWhile } from '../writer/instructions.ts';

/** A loop over one axis. `strides` tells how many elements each pointer moves a turn. */
export interface Loop {
  /** Turns, at least 1: known when the kernel is written, or left on the stack by code. */
  readonly extent: number | Code;
  readonly strides: readonly number[];
}

interface Nest {
  /** Outermost first. */
  readonly loops: readonly Loop[];
  readonly pointers: readonly Local[];
  /** The innermost code, which must leave the pointers that it gets as they are. */
  readonly body: (pointers: readonly Local[]) => Code;
}

/** Nested loops over strided arrays of 4-byte elements. Each loop moves pointers of its own. */
export function nest(f: FunctionWriter, { loops, pointers, body }: Nest): Code {
  if (loops.length === 0) return body(pointers);
  const [{ extent, strides }, ...inner] = loops;
  if (extent === 1) return nest(f, { loops: inner, pointers, body });
  const own = pointers.map((pointer, i) => (strides[i] === 0 ? pointer : f.local('i32')));
  const moving = own.flatMap((pointer, i) =>
    strides[i] === 0 ? [] : [{ pointer, from: pointers[i], by: 4 * strides[i] }],
  );
  const left = f.local('i32');
  return [
    moving.map(({ pointer, from }) => set(pointer, from.get)),
    set(left, typeof extent === 'number' ? i32.const(extent) : extent),
    repeatWhile(
      [
        nest(f, { loops: inner, pointers: own, body }),
        moving.map(({ pointer, by }) => set(pointer, advance(pointer.get, by))),
      ],
      tee(left, i32.sub(left.get, i32.const(1))),
    ),
  ];
}

interface Sweep {
  /** Outermost first; an extent of 0 means that nothing is done. */
  readonly loops: readonly { readonly extent: number; readonly strides: readonly number[] }[];
  readonly pointers: readonly Local[];
  readonly body: Code;
}

/**
 * Nested loops that move the given pointers themselves, for the innermost work: short bodies, because engines keep a tile
 * in registers and spill when a loop is unrolled. The pointers are left anywhere.
 */
export function sweep(f: FunctionWriter, { loops, pointers, body }: Sweep): Code {
  if (loops.some(({ extent }) => extent === 0)) return [];
  if (loops.length === 0) return body;
  const [{ extent, strides }, ...inner] = loops;
  const moved = (i: number) => (inner.length === 0 ? 0 : inner[0].extent * inner[0].strides[i]);
  const steps = pointers.map((pointer, i) => {
    const step = 4 * (strides[i] - moved(i));
    return step === 0 ? [] : set(pointer, advance(pointer.get, step));
  });
  const turn = [sweep(f, { loops: inner, pointers, body }), steps];
  if (extent === 1) return turn;
  const left = f.local('i32');
  return [set(left, i32.const(extent)), repeatWhile(turn, tee(left, i32.sub(left.get, i32.const(1))))];
}

/** Counts a local from 0 to `extent` − 1. */
export function countUp(index: Local, extent: number, body: Code): Code {
  return [
    set(index, i32.const(0)),
    repeatWhile([body, set(index, advance(index.get, 1))], i32.less(index.get, i32.const(extent))),
  ];
}

interface Tiles {
  readonly extent: number | Code;
  /** Items handled at once. */
  readonly size: number;
  /** Code for the tile that starts at this item. */
  readonly body: (start: Local) => Code;
}

/**
 * Walks an axis in tiles. The last one slides back so that it ends with the axis: what it does twice gives the same
 * result twice, so the result must not be written over the input. The axis needs at least one whole tile.
 */
export function slidingTiles(f: FunctionWriter, { extent, size, body }: Tiles): Code {
  const start = f.local('i32');
  if (extent === size) return [set(start, i32.const(0)), body(start)];
  const end = typeof extent === 'number' ? i32.const(extent) : extent;
  const latest = typeof extent === 'number' ? i32.const(extent - size) : i32.sub(extent, i32.const(size));
  const exact = typeof extent === 'number' && extent % size === 0;
  return [
    set(start, i32.const(0)),
    repeatWhile(
      [
        exact ? [] : set(start, choose(i32.less(start.get, latest), start.get, latest)),
        body(start),
        set(start, advance(start.get, size)),
      ],
      i32.less(start.get, end),
    ),
  ];
}

/** Tiles of equal size: so many of them, from the item where those before end. */
export interface TileRun {
  readonly first: number;
  readonly size: number;
  readonly count: number;
}

/** Cuts an axis into as few tiles of at most `largest` items as can be, no two of which differ by more than one item. */
export function evenTiles(extent: number, largest: number): TileRun[] {
  const tiles = Math.ceil(extent / largest);
  const size = Math.floor(extent / tiles);
  const larger = extent - tiles * size;
  const runs = [
    { first: 0, size: size + 1, count: larger },
    { first: larger * (size + 1), size, count: tiles - larger },
  ];
  return runs.filter(({ count }) => count > 0);
}

/** Walks the tiles of a run. */
export function walkTiles(f: FunctionWriter, { first, size, count }: TileRun, body: (start: Local) => Code): Code {
  const start = f.local('i32');
  const turn = body(start);
  if (count === 1) return [set(start, i32.const(first)), turn];
  return [
    set(start, i32.const(first)),
    repeatWhile([turn, set(start, advance(start.get, size))], i32.less(start.get, i32.const(first + size * count))),
  ];
}

/** Address of element `index` of an array that moves `stride` elements a step. */
export function elementAddress(base: Local, index: Local, stride: number): Code {
  return element(base.get, index.get, 4 * stride);
}
