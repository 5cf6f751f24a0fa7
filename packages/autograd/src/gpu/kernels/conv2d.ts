import type { ConvolutionAttrs } from '../../primitives/attributes.ts';
import { type Shape, stridesOf } from '../../shape.ts';
import { type Grid, imageGrid, makeGrid, rowGrid } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { addDotProduct, dotProductBody } from './matmul.ts';
import { integer, lines, loop, plus, times, when } from './text.ts';
import { forPixelsInWindow, forWindowsOverPixel, pixelNumber } from './window.ts';

/** One output channel at one place: for each pixel under the window, the product over the input channels. */
export const conv2d: KernelWriter<'conv2d'> = ({ inputs: [image, filter], output, attrs }) => {
  const [rows, columns, channels, outputs] = filter;
  const grid = isPointwise(filter, attrs) ? pixelGrid(output) : imageGrid(output);
  const channel = grid.coordinate(3);
  const product = (pixel: string, tap: string) =>
    addDotProduct(channels, { array: 'v0', start: pixel, step: 1 }, { array: 'v1', start: tap, step: outputs });
  if (isPointwise(filter, attrs)) return dotProductBody(grid, product(times(pixelOf(grid, output), channels), channel));
  const window = {
    ...attrs,
    grid,
    image,
    positions: output,
    size: [rows, columns] as const,
    pixels: { length: channels, place: '0' },
    taps: { length: channels * outputs, place: channel },
  };
  return dotProductBody(grid, forPixelsInWindow(window, product('at', 'tap')));
};

/**
 * One input channel at one pixel: for each window over it, the product over the output channels. Threads side by side
 * have channels side by side, so a constant filter is turned to have them side by side as well: a graphics card reads
 * neighbours at once.
 */
export const conv2dInputGrad: KernelWriter<'conv2dInputGrad'> = ({ inputs, movable, output, attrs }) => {
  const [grad, filter] = inputs;
  const [rows, columns, channels, outputs] = filter;
  const turned = movable[1];
  const orders = turned ? [undefined, [0, 1, 3, 2]] : [];
  const grid = isPointwise(filter, attrs) ? pixelGrid(output) : imageGrid(output);
  const first = turned ? grid.coordinate(3) : times(grid.coordinate(3), outputs);
  const step = turned ? channels : 1;
  const product = (position: string, tap: string) =>
    addDotProduct(outputs, { array: 'v0', start: position, step: 1 }, { array: 'v1', start: tap, step });
  if (isPointwise(filter, attrs)) {
    return { ...dotProductBody(grid, product(times(pixelOf(grid, output), outputs), first)), orders };
  }
  const window = {
    ...attrs,
    grid,
    image: output,
    positions: grad,
    size: [rows, columns] as const,
    pixels: { length: outputs, place: '0' },
    taps: { length: channels * outputs, place: first },
  };
  return { ...dotProductBody(grid, forWindowsOverPixel(window, product('at', 'tap'))), orders };
};

/** One entry of the filter: the product of its input channel, shifted by its tap, with its output channel. */
export const conv2dFilterGrad: KernelWriter<'conv2dFilterGrad'> = ({ inputs: [image, grad], output, attrs }) => {
  const grid = makeGrid(output, [[3], [2], [0, 1]]);
  const [pixels, positions] = [`v0[${channelAt('pixel', image[3], grid.coordinate(2))}]`, grid.coordinate(3)];
  const product = `${pixels} * v1[${channelAt('position', grad[3], positions)}]`;
  return dotProductBody(grid, addOverPositions({ ...attrs, image, grad, grid, product }));
};

interface TapSum extends ConvolutionAttrs {
  readonly image: Shape;
  readonly grad: Shape;
  /** Grid over the filter, whose axes 0 and 1 are the rows and columns of taps. */
  readonly grid: Grid;
  /** What is added up, from `pixel` and `position`. */
  readonly product: string;
}

/** Adds `product` to `total` for every position at which this thread's tap meets a pixel, row by row. */
export function addOverPositions(sum: TapSum): string {
  const { image, grad, grid, product, strides, dilations, padding } = sum;
  const [batch, height, width] = image;
  const [, rows, columns] = grad;
  const visit = lines(
    integer('pixel', pixelNumber(image, ['n', 'row', 'column'])),
    integer('position', pixelNumber(grad, ['n', 'y', 'x'])),
    `line += ${product};`,
  );
  const eachColumn = lines(when(`column >= 0 && column < ${width}`, visit), `column += ${strides[1]};`, 'x++;');
  const eachRow = lines(
    `column = ${plus(times(grid.coordinate(1), dilations[1]), -padding[2])};`,
    'x = 0;',
    'line = 0;',
    when(`row >= 0 && row < ${height}`, loop('b', columns, eachColumn)),
    'total += line;',
    `row += ${strides[0]};`,
    'y++;',
  );
  const eachImage = lines(
    `row = ${plus(times(grid.coordinate(0), dilations[0]), -padding[0])};`,
    'y = 0;',
    loop('a', rows, eachRow),
    'n++;',
  );
  return lines(
    'var line = 0;',
    ...['n', 'row', 'column', 'y', 'x'].map((name) => integer(name, '0')),
    loop('m', batch, eachImage),
  );
}

/** Index of a channel of a pixel or position that is counted over the batch. */
export function channelAt(pixel: string, channels: number, channel: string): string {
  return plus(times(pixel, channels), channel);
}

function isPointwise([rows, columns]: Shape, { strides, padding }: ConvolutionAttrs): boolean {
  return rows * columns * strides[0] * strides[1] === 1 && padding.every((n) => n === 0);
}

/** Where a window is one pixel, all pixels of the batch are one axis. */
function pixelGrid(shape: Shape): Grid {
  return rowGrid(shape, 3);
}

/** Number of this thread's pixel over the batch. */
function pixelOf(grid: Grid, shape: Shape): string {
  return grid.address([...stridesOf(shape.slice(0, 3)), 0]);
}
