import { type Shape, sizeOf } from '../../shape.ts';
import { gridByAxis } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { forEntries, listByTarget } from './lists.ts';
import { integer, lines, plus, times, toInteger } from './text.ts';

/** Slice k of the result is slice `t0[k]` of the input. */
export const gather: KernelWriter<'gather'> = ({ inputs: [x], output, attrs: { axis, indices } }) => {
  const { grid, outer, at, read } = alongAxis(output, axis, x[axis]);
  return { grid, statements: integer('source', toInteger(`t0[${at}]`)), result: read(outer), tables: [indices] };
};

/** Adds up the slices that belong at this place. */
export const scatterAdd: KernelWriter<'scatterAdd'> = ({ inputs: [x], output, attrs: { axis, indices, size } }) => {
  const { grid, outer, at, read } = alongAxis(output, axis, x[axis]);
  const lists = listByTarget(
    size,
    indices.map((target, source) => ({ target, source, weight: 1 })),
  );
  const body = lines(integer('source', toInteger('t1[entry]')), `total += ${read(outer)};`);
  return {
    grid,
    statements: lines('var total = 0;', forEntries({ heads: 't0', target: at, longest: lists.longest }, body)),
    result: 'total',
    tables: [lists.heads, lists.sources],
  };
};

/** Sees a tensor as rows × slices × elements of a slice; `read` is the element of slice `source` of an input. */
function alongAxis(output: Shape, axis: number, extent: number) {
  const inner = sizeOf(output.slice(axis + 1));
  const grid = gridByAxis([sizeOf(output.slice(0, axis)), output[axis], inner]);
  const [outer, at, element] = [0, 1, 2].map(grid.coordinate);
  const read = (row: string) => `v0[${plus(times(row, extent * inner), times('source', inner), element)}]`;
  return { grid, outer, at, read };
}
