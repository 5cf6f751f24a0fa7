import { sizeOf } from '../../shape.ts';
import { addOverPositions, channelAt } from './conv2d.ts';
import { imageGrid, makeGrid } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { dotProductBody } from './matmul.ts';
import { floorDivide, integer, lines, plus, times } from './text.ts';
import { forPixelsInWindow, forWindowsOverPixel } from './window.ts';

/** One output channel at one place; it meets one input channel, `multiplier` outputs each. */
export const depthwiseConv2d: KernelWriter<'depthwiseConv2d'> = ({ inputs: [image, filter], output, attrs }) => {
  const [rows, columns, channels, multiplier] = filter;
  const grid = imageGrid(output);
  const channel = grid.coordinate(3);
  const value = `v0[${channelAt('pixel', channels, 'channel')}]`;
  const weight = `v1[${channelAt('tap', channels * multiplier, channel)}]`;
  const window = { ...attrs, grid, image, positions: output, size: [rows, columns] as const };
  return dotProductBody(
    grid,
    lines(
      integer('channel', floorDivide(channel, multiplier)),
      forPixelsInWindow(window, `total += ${value} * ${weight};`),
    ),
  );
};

/** One input channel at one pixel: the windows over it, and in each the `multiplier` outputs of that channel. */
export const depthwiseConv2dInputGrad: KernelWriter<'depthwiseConv2dInputGrad'> = ({ inputs, output, attrs }) => {
  const [grad, filter] = inputs;
  const [rows, columns, channels, multiplier] = filter;
  const grid = imageGrid(output);
  const outputs = channels * multiplier;
  const first = times(grid.coordinate(3), multiplier);
  const products = Array.from({ length: multiplier }, (_, m) => {
    const each = plus(first, m);
    return `total += v0[${channelAt('position', outputs, each)}] * v1[${channelAt('tap', outputs, each)}];`;
  });
  const window = { ...attrs, grid, image: output, positions: grad, size: [rows, columns] as const };
  return dotProductBody(grid, forWindowsOverPixel(window, lines(...products)));
};

/** One entry of the filter: the product of its channel, shifted by its tap, with the output channel it feeds. */
export const depthwiseConv2dFilterGrad: KernelWriter<'depthwiseConv2dFilterGrad'> = ({ inputs, output, attrs }) => {
  const [image, grad] = inputs;
  const grid = makeGrid(output, [[2, 3], [1], [0]]);
  const channel = grid.coordinate(2);
  const each = grid.address([0, 0, output[3], 1]);
  const product = `v0[${channelAt('pixel', image[3], channel)}] * v1[${channelAt('position', sizeOf(output.slice(2)), each)}]`;
  return dotProductBody(grid, addOverPositions({ ...attrs, image, grad, grid, product }));
};
