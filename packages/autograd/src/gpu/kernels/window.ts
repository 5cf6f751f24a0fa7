import type { ConvolutionAttrs } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import type { Grid } from './grid.ts';
import { floorDivide, integer, lines, loop, plus, times, when } from './text.ts';

/** One element of each group of neighbours: which channel of each pixel, which entry of each tap. */
interface Groups {
  /** Elements in a group. */
  readonly length: number;
  /** Expression of the place of ours in its group. */
  readonly place: string;
}

/** A window that slides over `image` and leaves one pixel of `positions` for each place. Both are `[n, h, w, c]`. */
export interface WindowGeometry extends ConvolutionAttrs {
  readonly image: Shape;
  readonly positions: Shape;
  /** Rows and columns of the window. */
  readonly size: readonly [number, number];
  /** Grid over the result, whose axes 1 and 2 are rows and columns. */
  readonly grid: Grid;
  /** What a pixel is made of, in the array that the loops run through. */
  readonly pixels: Groups;
  /** What a tap of the window is made of. */
  readonly taps: Groups;
}

/** How one loop runs through the taps of a window, and through the places they meet. */
interface Walk {
  readonly turns: number;
  /** Expression of the first place, and how far the next one is. */
  readonly first: string;
  readonly step: number;
  /** The same for the taps. */
  readonly firstTap: string;
  readonly tapStep: number;
  /** Whether the last turn may be beyond the last tap. */
  readonly mayOverrun: boolean;
}

/**
 * Runs `body` for each pixel of the image under the window of this thread's position. In it, `at` is the index of the
 * pixel's element in the image and `tap` that of the tap's in the filter. Padding is left out.
 */
export function forPixelsInWindow(geometry: WindowGeometry, body: string): string {
  const { size, strides, dilations, padding, grid } = geometry;
  const along = (axis: 0 | 1): Walk => ({
    turns: size[axis],
    first: plus(times(grid.coordinate(axis + 1), strides[axis]), -padding[2 * axis]),
    step: dilations[axis],
    firstTap: '0',
    tapStep: 1,
    mayOverrun: false,
  });
  return forTaps({ ...geometry, places: geometry.image, rows: along(0), columns: along(1) }, body);
}

/**
 * The other way round: runs `body` for each window that covers this thread's pixel of the image. In it, `at` is the
 * index of the element of the window's position in the result, and `tap` that of the tap which lies on our pixel.
 */
export function forWindowsOverPixel(geometry: WindowGeometry, body: string): string {
  const { strides, dilations } = geometry;
  const apart = ([0, 1] as const).every((axis) => strides[axis] === 1 || dilations[axis] === 1);
  if (!apart) return forAllTapsOverPixel(geometry, body);
  const { positions, padding, size, grid } = geometry;
  /** Of every `stride` taps one meets a position: from that of our pixel on, every `stride`-th. */
  const along = (axis: 0 | 1): Walk => {
    const stride = strides[axis];
    const pixel = plus(grid.coordinate(axis + 1), padding[2 * axis]);
    const first = floorDivide(pixel, stride);
    return {
      turns: Math.ceil(size[axis] / stride),
      first,
      step: -dilations[axis],
      firstTap: stride === 1 ? '0' : plus(pixel, `-${times(`(${first})`, stride)}`),
      tapStep: stride,
      mayOverrun: size[axis] % stride !== 0,
    };
  };
  return forTaps({ ...geometry, places: positions, rows: along(0), columns: along(1) }, body);
}

interface Walks extends WindowGeometry {
  /** The array that the loops run through. */
  readonly places: Shape;
  readonly rows: Walk;
  readonly columns: Walk;
}

function forTaps({ places, rows, columns, size, grid, pixels, taps }: Walks, body: string): string {
  const [, height, width] = places;
  const inside = (place: string, { mayOverrun }: Walk, [extent, tap, count]: readonly [number, string, number]) =>
    `${place} >= 0 && ${place} < ${extent}${mayOverrun ? ` && ${tap} < ${count}` : ''}`;
  const row = inside('row', rows, [height, 'tapRow', size[0]]);
  const column = inside('column', columns, [width, 'tapColumn', size[1]]);
  const add = (name: string, amount: number) => (amount === 0 ? '' : `${name} += ${amount};`);
  const eachColumn = lines(
    when(column, body),
    add('column', columns.step),
    add('at', columns.step * pixels.length),
    add('tap', columns.tapStep * taps.length),
    columns.mayOverrun ? add('tapColumn', columns.tapStep) : '',
  );
  const acrossRow = columns.turns * columns.tapStep * taps.length;
  const alongRow = lines(
    `column = ${columns.first};`,
    `at = ${elementOf(pixels, places, grid)};`,
    columns.mayOverrun ? 'tapColumn = firstColumn;' : '',
    loop('c', columns.turns, eachColumn),
  );
  const eachRow = lines(
    when(row, alongRow, add('tap', acrossRow)),
    add('row', rows.step),
    add('tap', rows.tapStep * size[1] * taps.length - acrossRow),
    rows.mayOverrun ? add('tapRow', rows.tapStep) : '',
  );
  const [tapRow, firstColumn] = [rows, columns].map(({ firstTap }) => firstTap !== '0');
  const firstTap = plus(
    tapRow ? times('tapRow', size[1] * taps.length) : '0',
    firstColumn ? times('firstColumn', taps.length) : '0',
    taps.place,
  );
  return lines(
    tapRow ? integer('tapRow', rows.firstTap) : '',
    firstColumn ? integer('firstColumn', columns.firstTap) : '',
    columns.mayOverrun ? integer('tapColumn', '0') : '',
    integer('tap', firstTap),
    integer('row', rows.first),
    integer('column', '0'),
    integer('at', '0'),
    loop('r', rows.turns, eachRow),
  );
}

/** Where strides and dilations are both above 1, which taps meet a position follows no simple rule: each is tried. */
function forAllTapsOverPixel(geometry: WindowGeometry, body: string): string {
  const { positions, size, strides, dilations, padding, grid, pixels, taps } = geometry;
  const [, rows, columns] = positions;
  const meets = (index: string, place: string, axis: 0 | 1) =>
    strides[axis] === 1 ? '' : `${times(index, strides[axis])} === ${place} && `;
  const eachColumn = lines(
    `column = ${floorDivide('across', strides[1])};`,
    when(
      `${meets('column', 'across', 1)}column >= 0 && column < ${columns}`,
      lines(`at = ${elementOf(pixels, positions, grid)};`, body),
    ),
    `across -= ${dilations[1]};`,
    `tap += ${taps.length};`,
  );
  const alongRow = lines(`across = ${plus(grid.coordinate(2), padding[2])};`, loop('c', size[1], eachColumn));
  const eachRow = lines(
    `row = ${floorDivide('down', strides[0])};`,
    when(`${meets('row', 'down', 0)}row >= 0 && row < ${rows}`, alongRow, `tap += ${size[1] * taps.length};`),
    `down -= ${dilations[0]};`,
  );
  return lines(
    integer('tap', taps.place),
    integer('row', '0'),
    integer('column', '0'),
    integer('down', plus(grid.coordinate(1), padding[0])),
    integer('across', '0'),
    integer('at', '0'),
    loop('r', size[0], eachRow),
  );
}

/** Index of our element of the pixel at `row`, `column` of this thread's image. */
function elementOf({ length, place }: Groups, shape: Shape, grid: Grid): string {
  return plus(times(`(${pixelNumber(shape, [grid.coordinate(0), 'row', 'column'])})`, length), place);
}

/** Number of a pixel of `[n, h, w, c]`, counted over the batch. */
export function pixelNumber([, height, width]: Shape, [n, row, column]: readonly string[]): string {
  const image = plus(times(n, height), row);
  return plus(times(image.includes(' ') ? `(${image})` : image, width), column);
}
