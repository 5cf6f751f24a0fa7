import { checkNumber } from '../checks.ts';
import { OptionError } from '../errors.ts';
import { type Baseline, nearestOdd, type Pixels } from './baseline.ts';
import { checkRadius } from './blur.ts';

/** Median of a square window, channel by channel; the border pixel is repeated, as OpenCV's medianBlur does. */
export const median: Baseline = (image, { medianSize }) => {
  const [height, width, channels] = image.shape;
  const size = medianSize ?? nearestOdd((11 * Math.min(height, width)) / 224);
  checkNumber('the median size', size, { min: 1, integer: true });
  if (size % 2 === 0) throw new OptionError(`the median size must be odd, got ${size}`);
  checkRadius('median', size, image);
  const out = new Float64Array(image.data.length);
  const window = new Float64Array(size * size);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < channels; channel++) {
        collect(image, { row, column, channel, window });
        out[(row * width + column) * channels + channel] = window.sort()[(window.length - 1) / 2]!;
      }
    }
  }
  return out;
};

interface WindowPlace {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
  readonly window: Float64Array;
}

function collect(
  { data, shape: [height, width, channels] }: Pixels,
  { row, column, channel, window }: WindowPlace,
): void {
  const size = Math.sqrt(window.length);
  const radius = (size - 1) / 2;
  const inside = (index: number, length: number) => Math.min(length - 1, Math.max(0, index));
  for (let i = 0; i < window.length; i++) {
    const y = inside(row + Math.floor(i / size) - radius, height);
    const x = inside(column + (i % size) - radius, width);
    window[i] = data[(y * width + x) * channels + channel]!;
  }
}
