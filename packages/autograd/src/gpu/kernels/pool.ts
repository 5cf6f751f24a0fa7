import type { WindowAttrs } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';
import { channelAt } from './conv2d.ts';
import { type Grid, gridByAxis } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { dotProductBody } from './matmul.ts';
import { floorDivide, integer, lines, plus, times, toInteger, when } from './text.ts';
import { forPixelsInWindow, forWindowsOverPixel, pixelNumber } from './window.ts';

/** The tap of the largest pixel under the window; the first that is not padding until a larger one comes. */
export const argPool: KernelWriter<'argPool'> = ({ inputs: [image], output, attrs }) => {
  const grid = gridByAxis(output);
  const window = { ...windowOf(attrs), grid, image, positions: output, pixels: channelsOf(image, grid) };
  const body = lines('value = v0[at];', when('best < 0 || value > largest', 'best = tap;\nlargest = value;'));
  const locals = 'var best = -1;\nvar largest = 0;\nvar value = 0;';
  return { grid, statements: lines(locals, forPixelsInWindow(window, body)), result: 'best' };
};

/** Reads the pixel at the given tap of the window. */
export const poolGather: KernelWriter<'poolGather'> = ({ inputs: [image], output, attrs }) => {
  const { window, strides, padding } = attrs;
  const grid = gridByAxis(output);
  const [n, row, column, channel] = [0, 1, 2, 3].map(grid.coordinate);
  const position = pixelNumber(output, [n, row, column]);
  const statements = lines(
    integer('tap', toInteger(`v1[${channelAt(`(${position})`, output[3], channel)}]`)),
    integer('down', floorDivide('tap', window[1])),
    integer('y', plus(times(row, strides[0]), 'down', -padding[0])),
    integer('x', plus(times(column, strides[1]), 'tap', `-${times('down', window[1])}`, -padding[2])),
    integer('pixel', pixelNumber(image, [n, 'y', 'x'])),
  );
  return { grid, statements, result: `v0[${channelAt('pixel', image[3], channel)}]` };
};

/** Adds up the values of those windows over this pixel that chose it. */
export const poolScatter: KernelWriter<'poolScatter'> = ({ inputs: [grad], output, attrs }) => {
  const grid = gridByAxis(output);
  const window = { ...windowOf(attrs), grid, image: output, positions: grad, pixels: channelsOf(grad, grid) };
  const body = lines('chosen = v1[at];', 'total += (chosen === tap ? v0[at] : zero);');
  return dotProductBody(grid, lines('var zero = 0;\nvar chosen = 0;', forWindowsOverPixel(window, body)));
};

/** The window of a pool, whose taps are single numbers. */
function windowOf({ window, ...rest }: WindowAttrs) {
  return { ...rest, size: window, dilations: [1, 1], taps: { length: 1, place: '0' } } as const;
}

function channelsOf(shape: Shape, grid: Grid) {
  return { length: shape[3], place: grid.coordinate(3) };
}
