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
 * A grid for reading arrays with the given strides. Axes that every array runs through in one go become one, so that
 * most addresses are a sum of at most three products.
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
  return makeGrid(shape, spreadRuns(shape, runs));
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

/**
 * Shares runs of axes, innermost first, between x, y and z. GPU.js's WASM computes four x at a time only if their number
 * is a multiple of four, so x takes more runs until it is, where that helps.
 */
function spreadRuns(shape: Shape, runs: readonly (readonly number[])[]): number[][] {
  const extents = runs.map((_, i) => sizeOf(joinRuns(runs.slice(0, i + 1)).map((axis) => shape[axis])));
  const reaching = extents.findIndex((extent) => extent % 4 === 0 && extent <= largestDecoded);
  const first = Math.max(1, reaching + 1);
  return [runs.slice(0, first), runs.slice(first, first + 1), runs.slice(first + 1)].map(joinRuns);
}

function joinRuns(runs: readonly (readonly number[])[]): number[] {
  return runs.toReversed().flat();
}
