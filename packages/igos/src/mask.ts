import { OptionError } from './errors.ts';

/** Rows and columns of a mask; the two may differ. */
export type MaskSize = readonly [rows: number, columns: number];

/** A mask that keeps every pixel. */
export function ones([rows, columns]: MaskSize): Float32Array {
  return new Float32Array(rows * columns).fill(1);
}

/** clamp(mask − step · direction, 0, 1), in float64. */
export function stepped(
  mask: ArrayLike<number>,
  direction: ArrayLike<number>,
  step: number,
): Float64Array<ArrayBuffer> {
  const moved = new Float64Array(mask.length);
  for (let i = 0; i < moved.length; i++) moved[i] = clamp01(mask[i]! - step * direction[i]!);
  return moved;
}

export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

export function sumOfSquares(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}

/** Default mask size of an image: min(28, half its shorter side), the same for rows and columns. */
export function defaultMaskSize(height: number, width: number): MaskSize {
  const side = Math.max(1, Math.min(28, Math.round(Math.min(height, width) / 2)));
  return [side, side];
}

/** Throws OptionError unless a mask has one value a cell; `what` says of which, as in `a start mask`. */
export function checkCells(what: string, { length }: ArrayLike<number>, [rows, columns]: MaskSize): void {
  if (length === rows * columns) return;
  throw new OptionError(`${what} of ${rows}x${columns} needs ${rows * columns} values, got ${length}`);
}

/** Throws OptionError for a mask larger than the image, or without cells. */
export function checkMaskSize([rows, columns]: MaskSize, [height, width]: MaskSize): void {
  const fits = (cells: number, pixels: number) => Number.isInteger(cells) && cells >= 1 && cells <= pixels;
  if (fits(rows, height) && fits(columns, width)) return;
  throw new OptionError(
    `a mask of ${rows}x${columns} does not fit an image of ${height}x${width}: give 1 to ${height} rows and 1 to ${width} columns`,
    'maskSize',
  );
}
