import { extent } from 'igos/pictures';
import type { RunMaps } from './input.ts';
import { spread } from './spread.ts';

/** One position of the iteration slider: a saliency as bytes, 0 for its least value and 255 for its greatest. */
export interface Frame {
  /** Iterations done. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly bytes: Uint8Array;
}

/** Frames of one size. */
export interface FrameSequence {
  readonly rows: number;
  readonly columns: number;
  readonly frames: readonly Frame[];
}

/** Bytes that all frames of a page may take; base64 makes them a third more. */
const budget = 450_000;

/** Frames are left out down to this many; then grids are made coarser instead. */
const fewestFrames = 20;

/** More positions than this no slider tells apart. */
const mostFrames = 200;

/**
 * The maps as the page gets them: saliency (1 - mask), 8 bits a cell between each map's own least and greatest value.
 * Where they would make the page too large some iterations are left out, evenly and never the first or last, and grids
 * beyond the eye's resolution become coarser. The numbers of the page are never thinned.
 */
export function framesOf({ kind, rows, columns, grids }: RunMaps): FrameSequence {
  const affordable = Math.min(mostFrames, Math.max(fewestFrames, Math.floor(budget / (rows * columns))));
  const kept = spread(grids.length, affordable);
  const scale = Math.min(1, Math.sqrt(budget / (kept.length * rows * columns)));
  const size = { rows: Math.max(1, Math.floor(scale * rows)), columns: Math.max(1, Math.floor(scale * columns)) };
  const frames = kept.map((at) => {
    const grid = grids[at] as ArrayLike<number>;
    const saliency = Float64Array.from(grid, (value) => (kind === 'saliency' ? value : 1 - value));
    return { at, ...quantise(scale === 1 ? saliency : shrink({ rows, columns, values: saliency }, size)) };
  });
  return { ...size, frames };
}

function quantise(values: Float64Array): Omit<Frame, 'at'> {
  const [low, high] = extent(values);
  const range = high - low;
  const bytes = Uint8Array.from(values, (value) => (range > 0 ? Math.round((255 * (value - low)) / range) : 0));
  return { low, high, bytes };
}

/** A coarser grid of the means of equal blocks. */
function shrink(
  grid: { readonly rows: number; readonly columns: number; readonly values: Float64Array },
  size: { readonly rows: number; readonly columns: number },
): Float64Array {
  const result = new Float64Array(size.rows * size.columns);
  for (let row = 0; row < size.rows; row++) {
    const [top, bottom] = block(row, size.rows, grid.rows);
    for (let column = 0; column < size.columns; column++) {
      const [left, right] = block(column, size.columns, grid.columns);
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) sum += grid.values[y * grid.columns + x] as number;
      }
      result[row * size.columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return result;
}

/** First and end index of the i-th of `blocks` parts of 0 … length. */
function block(i: number, blocks: number, length: number): [number, number] {
  return [Math.floor((i * length) / blocks), Math.floor(((i + 1) * length) / blocks)];
}
