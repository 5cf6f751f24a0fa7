import { makeGrid } from './grid.ts';
import type { KernelBody, KernelWriter } from './kernel.ts';
import { integer, lines, loop, plus, times } from './text.ts';

/** An array that an inner loop runs through. */
export interface Walk {
  readonly array: string;
  /** Index of the first element. */
  readonly start: string;
  readonly step: number;
}

/** Products that one turn of the loop adds up: fewer turns, and a shorter chain of roundings. */
const unrolled = 4;

/** Adds the sum of `left[i] * right[j]` over `count` steps to `total`. */
export function addDotProduct(count: number, left: Walk, right: Walk): string {
  const product = (n: number) =>
    `${left.array}[${plus('i', n * left.step)}] * ${right.array}[${plus('j', n * right.step)}]`;
  const products = (turns: number) => Array.from({ length: turns }, (_, n) => product(n)).join(' + ');
  const turn = lines(
    `total += ${products(unrolled)};`,
    `i += ${unrolled * left.step};`,
    `j += ${unrolled * right.step};`,
  );
  const turns = Math.floor(count / unrolled);
  const rest = count % unrolled;
  return lines(
    integer('i', left.start),
    integer('j', right.start),
    turns > 0 ? loop('k', turns, turn) : '',
    rest > 0 ? `total += ${products(rest)};` : '',
  );
}

/**
 * Rows of `[rows, inner]` times columns of `[inner, columns]`, on a grid with columns along x and rows along y. Threads
 * side by side have columns side by side: a constant that has them one after the other is turned.
 */
export const matmul: KernelWriter<'matmul'> = ({ inputs: [a], movable, output, attrs }) => {
  const { transposeA, transposeB } = attrs;
  const [rows, columns] = output;
  const inner = a[transposeA ? 0 : 1];
  const grid = makeGrid(output, [[1], [0]]);
  const [row, column] = [grid.coordinate(0), grid.coordinate(1)];
  const turned = transposeB && movable[1];
  const left = transposeA ? { start: row, step: rows } : { start: times(row, inner), step: 1 };
  const right = transposeB && !turned ? { start: times(column, inner), step: 1 } : { start: column, step: columns };
  const product = addDotProduct(inner, { array: 'v0', ...left }, { array: 'v1', ...right });
  return { ...dotProductBody(grid, product), orders: turned ? [undefined, [1, 0]] : [] };
};

/** A kernel whose result is the `total` of a sum of products. */
export function dotProductBody(grid: KernelBody['grid'], statements: string): KernelBody {
  return { grid, statements: lines('var total = 0;', statements), result: 'total' };
}
