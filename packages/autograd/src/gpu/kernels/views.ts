import { broadcastStrides } from '../../backends/reference/indexing.ts';
import { type Shape, sizeOf, stridesOf } from '../../shape.ts';
import { gridByAxis, gridOver, rowGrid } from './grid.ts';
import type { KernelBody, KernelWriter } from './kernel.ts';
import { floorDivide, integer, lines, plus, times, when } from './text.ts';

/** A kernel that only reads its input at other places. */
function view(output: Shape, strides: readonly number[], start = 0): KernelBody {
  const grid = gridOver(output, [strides]);
  return { grid, statements: '', result: `v0[${grid.address(strides, start)}]` };
}

export const broadcast: KernelWriter<'broadcast'> = ({ inputs: [x], output }) =>
  view(output, broadcastStrides(x, output));

export const transpose: KernelWriter<'transpose'> = ({ inputs: [x], output, attrs: { perm } }) => {
  const strides = stridesOf(x);
  return view(
    output,
    perm.map((axis) => strides[axis]),
  );
};

export const slice: KernelWriter<'slice'> = ({ inputs: [x], output, attrs: { begin, strides: steps } }) => {
  const own = stridesOf(x);
  const start = begin.reduce((sum, first, axis) => sum + first * own[axis], 0);
  return view(
    output,
    own.map((stride, axis) => stride * steps[axis]),
    start,
  );
};

/** Finds, along each padded axis, the element this place came from, if any. */
export const dilatePad: KernelWriter<'dilatePad'> = ({ inputs: [x], output, attrs: { low, interior } }) => {
  const grid = gridByAxis(output);
  const strides = stridesOf(x);
  const padded = x.flatMap((extent, axis) => (extent === output[axis] ? [] : [axis]));
  const found = padded.map((axis) => {
    const shifted = plus(grid.coordinate(axis), -low[axis]);
    return lines(integer(`from${axis}`, shifted), integer(`at${axis}`, floorDivide(`from${axis}`, interior[axis] + 1)));
  });
  const inside = padded.map((axis) => {
    const exact = interior[axis] > 0 ? [`${times(`at${axis}`, interior[axis] + 1)} === from${axis}`] : [];
    return [...exact, `at${axis} >= 0`, `at${axis} < ${x[axis]}`].join(' && ');
  });
  const places = x.map((_, axis) => times(padded.includes(axis) ? `at${axis}` : grid.coordinate(axis), strides[axis]));
  const read = `value = v0[${plus(...places)}];`;
  return {
    grid,
    statements: lines('var value = 0;', ...found, padded.length > 0 ? when(inside.join(' && '), read) : read),
    result: 'value',
  };
};

/** Seen from the joined axis, each input is a run of neighbouring elements in every row. */
export const concat: KernelWriter<'concat'> = ({ inputs, output, attrs: { axis } }) => {
  const grid = rowGrid(output, axis);
  const at = grid.address(stridesOf(output).map((stride, each) => (each < axis ? 0 : stride)));
  const rows = stridesOf(output.slice(0, axis));
  let start = 0;
  const reads = inputs.map((shape, k) => {
    const length = sizeOf(shape.slice(axis));
    const row = grid.address(output.map((_, each) => (each < axis ? rows[each] * length : 0)));
    const read = `value = v${k}[${plus(row, at, -start)}];`;
    const statement = when(`${at} >= ${start} && ${at} < ${start + length}`, read);
    start += length;
    return length > 0 ? statement : '';
  });
  return { grid, statements: lines('var value = 0;', ...reads), result: 'value' };
};
