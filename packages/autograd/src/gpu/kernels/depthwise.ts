import { sizeOf } from '../../shape.ts';
import { addOverPositions, channelAt } from './conv2d.ts';
import { imageGrid, makeGrid } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { dotProductBody } from './matmul.ts';
import { floorDivide, integer, lines, plus, times } from './text.ts';
import { forPixelsInWindow, forWindowsOverPixel } from './window.ts';

/** One output channel at one place; it meets one input channel, which feeds `multiplier` outputs. */
export const depthwiseConv2d: KernelWriter<'depthwiseConv2d'> = ({ inputs: [image, filter], output, attrs }) => {
  const [rows, columns, channels, multiplier] = filter;
  const grid = imageGrid(output);
  const each = grid.coordinate(3);
  const window = {
    ...attrs,
    grid,
    image,
    positions: output,
    size: [rows, columns] as const,
    pixels: { length: channels, place: 'channel' },
    taps: { length: channels * multiplier, place: each },
  };
  const channel = integer('channel', floorDivide(each, multiplier));
  return dotProductBody(grid, lines(channel, forPixelsInWindow(window, 'total += v0[at] * v1[tap];')));
};

/** One input channel at one pixel: the windows over it, and in each the `multiplier` outputs of that channel. */
export const depthwiseConv2dInputGrad: KernelWriter<'depthwiseConv2dInputGrad'> = ({ inputs, output, attrs }) => {
  const [grad, filter] = inputs;
  const [rows, columns, channels, multiplier] = filter;
  const grid = imageGrid(output);
  const outputs = { length: channels * multiplier, place: times(grid.coordinate(3), multiplier) };
  const window = {
    ...attrs,
    grid,
    image: output,
    positions: grad,
    size: [rows, columns] as const,
    pixels: outputs,
    taps: outputs,
  };
  const products = Array.from(
    { length: multiplier },
    (_, m) => `total += v0[${plus('at', m)}] * v1[${plus('tap', m)}];`,
  );
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
