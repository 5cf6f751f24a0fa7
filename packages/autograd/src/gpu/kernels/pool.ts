import type { WindowAttrs } from '../../primitives/attributes.ts';
import { channelAt } from './conv2d.ts';
import { gridByAxis } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { dotProductBody } from './matmul.ts';
import { floorDivide, integer, lines, plus, times } from './text.ts';
import { forPixelsInWindow, forWindowsOverPixel, pixelNumber } from './window.ts';

/** The tap of the largest pixel under the window; the first that is not padding until a larger one comes. */
export const argPool: KernelWriter<'argPool'> = ({ inputs: [image], output, attrs }) => {
  const grid = gridByAxis(output);
  const body = lines(
    `value = v0[${channelAt('pixel', image[3], grid.coordinate(3))}];`,
    'if (best < 0 || value > largest) {\n  best = tap;\n  largest = value;\n}',
  );
  const statements = lines(
    'var best = -1;',
    'var largest = 0;',
    'var value = 0;',
    forPixelsInWindow({ ...windowOf(attrs), grid, image, positions: output }, body),
  );
  return { grid, statements, result: 'best' };
};

/** Reads the pixel at the given tap of the window. */
export const poolGather: KernelWriter<'poolGather'> = ({ inputs: [image], output, attrs }) => {
  const { window, strides, padding } = attrs;
  const grid = gridByAxis(output);
  const [n, row, column, channel] = [0, 1, 2, 3].map(grid.coordinate);
  const position = pixelNumber(output, [n, row, column]);
  const statements = lines(
    integer('tap', `v1[${channelAt(`(${position})`, output[3], channel)}]`),
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
  const place = channelAt('position', grad[3], grid.coordinate(3));
  const body = lines(`tapOf = v1[${place}];`, `total += (tapOf === tap ? v0[${place}] : zero);`);
  const window = { ...windowOf(attrs), grid, image: output, positions: grad };
  return dotProductBody(grid, lines('var zero = 0;', 'var tapOf = 0;', forWindowsOverPixel(window, body)));
};

function windowOf({ window, ...rest }: WindowAttrs) {
  return { ...rest, size: window, dilations: [1, 1] } as const;
}
