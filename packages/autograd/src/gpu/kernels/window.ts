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

/**
 * Runs `body` for each pixel of the image under the window of this thread's position. In it, `at` is the index of the
 * pixel's element in the image and `tap` that of the tap's in the filter. Padding is left out.
 */
export function forPixelsInWindow(geometry: WindowGeometry, body: string): string {
  const { image, size, strides, dilations, padding, grid, pixels, taps } = geometry;
  const [, height, width] = image;
  const eachColumn = lines(
    when(`column >= 0 && column < ${width}`, body),
    `column += ${dilations[1]};`,
    `at += ${dilations[1] * pixels.length};`,
    `tap += ${taps.length};`,
  );
  const alongRow = lines(
    `column = ${plus(times(grid.coordinate(2), strides[1]), -padding[2])};`,
    `at = ${elementOf(pixels, image, grid)};`,
    loop('c', size[1], eachColumn),
  );
  const eachRow = lines(
    when(`row >= 0 && row < ${height}`, alongRow, `tap += ${size[1] * taps.length};`),
    `row += ${dilations[0]};`,
  );
  return lines(
    integer('tap', taps.place),
    integer('row', plus(times(grid.coordinate(1), strides[0]), -padding[0])),
    integer('column', '0'),
    integer('at', '0'),
    loop('r', size[0], eachRow),
  );
}

/**
 * The other way round: runs `body` for each window that covers this thread's pixel of the image. In it, `at` is the
 * index of the element of the window's position in the result, and `tap` that of the tap which lies on our pixel.
 */
export function forWindowsOverPixel(geometry: WindowGeometry, body: string): string {
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
