import { type Shape, ShapeError, showShape, sizeOf } from '../../shape.ts';
import { floorDivide, integer, lines, plus, times } from './text.ts';

/** How the threads of a kernel cover a tensor. GPU.js names them x (innermost), y and z. */
export interface Grid {
  /** Extents along x, y and z: what GPU.js calls `output`. Row-major order is the tensor's own. */
  readonly output: readonly number[];
  /** Expression of this thread's coordinate along an axis of the tensor. */
  readonly coordinate: (axis: number) => string;
  /** Expression of an index into an array that is read with these element strides over the tensor's axes. */
  readonly address: (strides: readonly number[], start?: number) => string;
  /** Declares the coordinates that were asked for and share a thread axis with others. To be called last. */
  readonly prelude: () => string;
}

/** Gives every axis of a tensor to one of the thread axes x, y and z; each takes neighbours, x the innermost ones. */
export function makeGrid(shape: Shape, axesOf: readonly (readonly number[])[]): Grid {
  const threads = axesOf.map((axes, at) => ({
    name: `this.thread.${'xyz'[at]}`,
    axes: axes.filter((axis) => shape[axis] !== 1),
  }));
  const extents = threads.map(({ axes }) => sizeOf(axes.map((axis) => shape[axis])));
  const decoded = new Set<Thread>();
  const coordinate = (axis: number): string => {
    const thread = threads.find(({ axes }) => axes.includes(axis));
    if (!thread) return '0';
    if (thread.axes.length === 1) return thread.name;
    decoded.add(thread);
    return `c${axis}`;
  };
  const term = ({ name, axes }: Thread, strides: readonly number[]): string => {
    const merged = axes.every((axis, i) => i === 0 || strides[axes[i - 1]] === strides[axis] * shape[axis]);
    if (merged) return axes.length === 0 ? '0' : times(name, strides[axes[axes.length - 1]]);
    return plus(...axes.map((axis) => (strides[axis] === 0 ? '0' : times(coordinate(axis), strides[axis]))));
  };
  return {
    output: extents.slice(0, Math.max(1, extents.findLastIndex((extent) => extent > 1) + 1)),
    coordinate,
    address: (strides, start = 0) => plus(...threads.map((thread) => term(thread, strides)).reverse(), start),
    prelude: () => lines(...[...decoded].map((thread) => decode(thread, shape))),
  };
}

interface Thread {
  readonly name: string;
  readonly axes: readonly number[];
}

/** Thread numbers are divided as float32: below this they and their halves are exact. */
const largestDecoded = 2 ** 22;

/** Splits a thread number into the coordinates of the axes it runs over. */
function decode({ name, axes }: Thread, shape: Shape): string {
  const extents = axes.map((axis) => shape[axis]);
  if (sizeOf(extents) > largestDecoded) {
    throw new ShapeError(
      `GPU.js kernels cannot split axes of ${showShape(extents)}: more than ${largestDecoded} places`,
    );
  }
  let rest = name;
  const declarations = axes.map((axis, i) => {
    const inner = sizeOf(axes.slice(i + 1).map((other) => shape[other]));
    const declaration = integer(`c${axis}`, floorDivide(rest, inner));
    rest = plus(rest, `-${times(`c${axis}`, inner)}`);
    return declaration;
  });
  return lines(...declarations);
}

/**
 * A grid for reading arrays with the given strides; it knows addresses only. Axes that every array runs through in one
 * go become one, so that most addresses are a sum of at most three products.
 */
export function gridOver(shape: Shape, reads: readonly (readonly number[])[]): Grid {
  const runs: number[][] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) continue;
    const inner = runs.at(-1)?.[0];
    const joins = inner !== undefined && reads.every((strides) => strides[axis] === strides[inner] * shape[inner]);
    if (joins) runs.at(-1)?.unshift(axis);
    else runs.push([axis]);
  }
  const short = runs.length > 1 ? runs.flatMap((run) => splitLong(run, shape)) : runs;
  const outermost = short.toReversed();
  const merged = gridByAxis(outermost.map((run) => extentOf(run, shape)));
  return {
    ...merged,
    coordinate: (axis) => {
      throw new Error(`a grid over runs has no coordinate along axis ${axis}`);
    },
    address: (strides, start) =>
      merged.address(
        outermost.map((run) => strides[run[run.length - 1]]),
        start,
      ),
  };
}

/** Axes, outermost first, as runs that are short enough to share a grid with others; innermost run first. */
function splitLong(run: readonly number[], shape: Shape): number[][] {
  if (run.length === 1 || extentOf(run, shape) <= longestSide) return [[...run]];
  return [...splitLong(run.slice(1), shape), [run[0]]];
}

function extentOf(axes: readonly number[], shape: Shape): number {
  return sizeOf(axes.map((axis) => shape[axis]));
}

/** A grid whose kernel needs the coordinate along each axis. */
export function gridByAxis(shape: Shape): Grid {
  const runs = shape.map((_, axis) => [axis]).filter(([axis]) => shape[axis] !== 1);
  return makeGrid(shape, spreadRuns(shape, runs.reverse()));
}

/** A grid for `[n, h, w, c]`: channels along x, columns along y, so that all threads of a SIMD group share a window. */
export function imageGrid(shape: Shape): Grid {
  return makeGrid(shape, [[3], [2], [0, 1]]);
}

/** A grid with the axes from `inner` on along x, and all before them in one row along y, or, if that is too long, z. */
export function rowGrid(shape: Shape, inner: number): Grid {
  const outer = shape.map((_, axis) => axis).slice(0, inner);
  const isLong = extentOf(outer, shape) > longestSide;
  const rest = shape.map((_, axis) => axis).slice(inner);
  return makeGrid(shape, isLong ? [rest, outer.slice(1), outer.slice(0, 1)] : [rest, outer]);
}

/** WebGPU starts no more than 65535 groups of 8 threads along a side, unless it is the only one. */
const longestSide = 2 ** 18;

/**
 * Shares runs of axes, innermost first, between x, y and z. GPU.js's WASM computes four x at a time only if their number
 * is a multiple of four, so x takes more runs until it is, where that helps.
 */
function spreadRuns(shape: Shape, runs: readonly (readonly number[])[]): number[][] {
  const extents = runs.map((_, i) => extentOf(joinRuns(runs.slice(0, i + 1)), shape));
  const reaching = extents.findIndex((extent) => extent % 4 === 0 && extent <= longestSide);
  const first = Math.max(1, reaching + 1);
  return [runs.slice(0, first), runs.slice(first, first + 1), runs.slice(first + 1)].map(joinRuns);
}

function joinRuns(runs: readonly (readonly number[])[]): number[] {
  return runs.toReversed().flat();
}
