import type { ResizeAttrs } from '../../primitives/attributes.ts';
import { resizeTaps } from '../../primitives/resize.ts';
import type { Shape } from '../../shape.ts';
import { gridByAxis } from './grid.ts';
import type { KernelBody, KernelWriter } from './kernel.ts';
import { type Contribution, forEntries, listByTarget } from './lists.ts';
import { integer, lines, plus, times, toInteger } from './text.ts';
import { pixelNumber } from './window.ts';

type How = Pick<ResizeAttrs, 'method' | 'coordinates'>;

/** Each pixel mixes those of the input that its coordinates fall between. */
export const resize: KernelWriter<'resize'> = ({ inputs: [x], output, attrs }) =>
  mixPixels(x, output, (axis) => contributions(x[axis], output[axis], attrs));

/** Each pixel collects what the resized pixels took from it: the same kernel on the transposed lists. */
export const resizeTranspose: KernelWriter<'resizeTranspose'> = ({ inputs: [grad], output, attrs }) =>
  mixPixels(grad, output, (axis) =>
    contributions(output[axis], grad[axis], attrs).map(({ target, source, weight }) => ({
      target: source,
      source: target,
      weight,
    })),
  );

/** How the pixels of a resized row or column are made from the original ones. */
function contributions(from: number, to: number, how: How): Contribution[] {
  return resizeTaps(from, to, how).flatMap(({ low, high, weight }, target) =>
    [
      { target, source: low, weight: 1 - weight },
      { target, source: high, weight },
    ].filter((contribution) => contribution.weight !== 0),
  );
}

function mixPixels(from: Shape, to: Shape, contributionsAlong: (axis: 1 | 2) => Contribution[]): KernelBody {
  const grid = gridByAxis(to);
  const [n, row, column, channel] = [0, 1, 2, 3].map(grid.coordinate);
  const rows = listByTarget(to[1], contributionsAlong(1));
  const columns = listByTarget(to[2], contributionsAlong(2));
  const pixel = pixelNumber(from, [n, 'y', 'x']);
  const mix = lines(
    integer('x', toInteger('t4[entryX]')),
    integer('pixel', pixel),
    `line += t5[entryX] * v0[${plus(times('pixel', from[3]), channel)}];`,
  );
  const eachRow = lines(
    integer('y', toInteger('t1[entryY]')),
    'line = 0;',
    forEntries({ heads: 't3', target: column, longest: columns.longest, suffix: 'X' }, mix),
    'total += t2[entryY] * line;',
  );
  return {
    grid,
    statements: lines(
      'var total = 0;',
      'var line = 0;',
      forEntries({ heads: 't0', target: row, longest: rows.longest, suffix: 'Y' }, eachRow),
    ),
    result: 'total',
    tables: [rows.heads, rows.sources, rows.weights, columns.heads, columns.sources, columns.weights],
  };
}
