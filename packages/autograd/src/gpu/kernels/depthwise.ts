import { sizeOf } from '../../shape.ts';
import { addOverPositions, channelAt } from './conv2d.ts';
import { imageGrid, makeGrid } from './grid.ts';
import type { KernelWriter } from './kernel.ts';
import { dotProductBody } from './matmul.ts';
import { forPixelsInWindow, forWindowsOverPixel } from './window.ts';

const addProduct = 'total += v0[at] * v1[tap];';

/** One channel at one place. */
export const depthwiseConv2d: KernelWriter<'depthwiseConv2d'> = ({ inputs: [image, filter], output, attrs }) => {
  const [rows, columns, length] = filter;
  const grid = imageGrid(output);
  const channel = { length, place: grid.coordinate(3) };
  const window = { ...attrs, grid, image, positions: output, size: [rows, columns] as const };
  return dotProductBody(grid, forPixelsInWindow({ ...window, pixels: channel, taps: channel }, addProduct));
};

/** One channel at one pixel: the windows over it. */
export const depthwiseConv2dInputGrad: KernelWriter<'depthwiseConv2dInputGrad'> = ({ inputs, output, attrs }) => {
  const [grad, filter] = inputs;
  const [rows, columns, length] = filter;
  const grid = imageGrid(output);
  const channel = { length, place: grid.coordinate(3) };
  const window = { ...attrs, grid, image: output, positions: grad, size: [rows, columns] as const };
  return dotProductBody(grid, forWindowsOverPixel({ ...window, pixels: channel, taps: channel }, addProduct));
};

/** One entry of the filter: the product of its channel, shifted by its tap, with the same channel of the result. */
export const depthwiseConv2dFilterGrad: KernelWriter<'depthwiseConv2dFilterGrad'> = ({ inputs, output, attrs }) => {
  const [image, grad] = inputs;
  const grid = makeGrid(output, [[2], [1], [0]]);
  const channel = grid.coordinate(2);
  const product = `v0[${channelAt('pixel', image[3], channel)}] * v1[${channelAt('position', sizeOf(output.slice(2)), channel)}]`;
  return dotProductBody(grid, addOverPositions({ ...attrs, image, grad, grid, product }));
};
