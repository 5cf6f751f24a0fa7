import type { MaskSize } from '../mask.ts';

/** A pair of neighbouring cells, by index. */
type VisitPair = (first: number, second: number) => void;

/** Calls `visit` for every cell and the one below it. */
function eachVerticalPair([rows, columns]: MaskSize, visit: VisitPair): void {
  for (let i = 0; i < (rows - 1) * columns; i++) visit(i, i + columns);
}

/** Calls `visit` for every cell and the one to its right. */
function eachHorizontalPair([rows, columns]: MaskSize, visit: VisitPair): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) visit(row * columns + column, row * columns + column + 1);
  }
}

/** Both directions, with the number of pairs each has; a side of length 1 has none. */
export const directions = [
  { each: eachVerticalPair, count: ([rows, columns]: MaskSize) => (rows - 1) * columns },
  { each: eachHorizontalPair, count: ([rows, columns]: MaskSize) => rows * (columns - 1) },
] as const;

/** |x|^beta and its derivative by x, which is taken as 0 at x = 0 for every beta >= 1. */
export interface Power {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

export function powerOf(beta: number): Power {
  if (beta === 2) return { value: (x) => x * x, slope: (x) => 2 * x };
  return {
    value: (x) => Math.abs(x) ** beta,
    slope: (x) => (x === 0 ? 0 : beta * Math.abs(x) ** (beta - 1) * Math.sign(x)),
  };
}
