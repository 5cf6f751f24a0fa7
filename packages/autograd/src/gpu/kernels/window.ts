import type { ConvolutionAttrs } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import type { Grid } from './grid.ts';
import { floorDivide, integer, lines, loop, plus, times, when } from './text.ts';

/** A window that slides over `image` and leaves one pixel of `positions` for each place. Both are `[n, h, w, c]`. */
export interface WindowGeometry extends ConvolutionAttrs {
  readonly image: Shape;
  readonly positions: Shape;
  /** Rows and columns of the window. */
  readonly size: readonly [number, number];
  /** Grid over the result, whose axes 1 and 2 are rows and columns. */
  readonly grid: Grid;
}

/**
 * Runs `body` for each pixel of the image under the window of this thread's position. In it, `pixel` is the number of
 * the pixel, counted over the whole batch, and `tap` its number in the window. Padding is left out.
 */
export function forPixelsInWindow(geometry: WindowGeometry, body: string): string {
  const { image, size, strides, dilations, padding, grid } = geometry;
  const [, height, width] = image;
  const visit = lines(integer('pixel', pixelNumber(image, [grid.coordinate(0), 'row', 'column'])), body);
  const eachColumn = lines(when(`column >= 0 && column < ${width}`, visit), `column += ${dilations[1]};`, 'tap++;');
  const eachRow = lines(
    `tap = ${times('r', size[1])};`,
    `column = ${plus(times(grid.coordinate(2), strides[1]), -padding[2])};`,
    when(`row >= 0 && row < ${height}`, loop('c', size[1], eachColumn)),
    `row += ${dilations[0]};`,
  );
  return lines(
    integer('tap', '0'),
    integer('row', plus(times(grid.coordinate(1), strides[0]), -padding[0])),
    integer('column', '0'),
    loop('r', size[0], eachRow),
  );
}

/**
 * The other way round: runs `body` for each window that covers this thread's pixel of the image. In it, `position` is
 * the number of the window's pixel in the result, and `tap` the number, in that window, of the place our pixel takes.
 */
export function forWindowsOverPixel(geometry: WindowGeometry, body: string): string {
  const { positions, size, strides, dilations, padding, grid } = geometry;
  const [, rows, columns] = positions;
  const visit = lines(integer('position', pixelNumber(positions, [grid.coordinate(0), 'row', 'column'])), body);
  const eachColumn = lines(
    `column = ${floorDivide('across', strides[1])};`,
    when(`${times('column', strides[1])} === across && column >= 0 && column < ${columns}`, visit),
    `across -= ${dilations[1]};`,
    'tap++;',
  );
  const eachRow = lines(
    `tap = ${times('r', size[1])};`,
    `row = ${floorDivide('down', strides[0])};`,
    `across = ${plus(grid.coordinate(2), padding[2])};`,
    when(`${times('row', strides[0])} === down && row >= 0 && row < ${rows}`, loop('c', size[1], eachColumn)),
    `down -= ${dilations[0]};`,
  );
  return lines(
    integer('tap', '0'),
    integer('row', '0'),
    integer('column', '0'),
    integer('down', plus(grid.coordinate(1), padding[0])),
    integer('across', '0'),
    loop('r', size[0], eachRow),
  );
}

/** Number of a pixel of `[n, h, w, c]`, counted over the batch. */
export function pixelNumber([, height, width]: Shape, [n, row, column]: readonly string[]): string {
  const image = plus(times(n, height), row);
  return plus(times(image.includes(' ') ? `(${image})` : image, width), column);
}
