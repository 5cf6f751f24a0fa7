import { gaussianKernel } from '@igos/autograd';
import { checkNumber } from '../checks.ts';
import { OptionError } from '../errors.ts';
import { type Baseline, nearestOdd, type Pixels } from './baseline.ts';

export interface BlurSettings {
  /** Taps of the kernel, odd. */
  readonly size: number;
  /** Standard deviation in pixels. */
  readonly sigma: number;
}

/** The authors' 51 taps and sigma 50 at 224 pixels, in proportion for other sizes. */
export function defaultBlur(height: number, width: number): BlurSettings {
  const scale = Math.min(height, width) / 224;
  return { size: nearestOdd(51 * scale), sigma: 50 * scale };
}

/** Gaussian blur, borders mirrored around the edge pixel (reflect-101). */
export const blur: Baseline = (image, options) => {
  const [height, width] = image.shape;
  const standard = defaultBlur(height, width);
  const { blurSize: size = standard.size, blurSigma: sigma = standard.sigma } = options;
  checkNumber('the blur size', size, { min: 1, integer: true });
  checkNumber('the blur sigma', sigma, { above: 0 });
  if (size % 2 === 0) throw new OptionError(`the blur size must be odd, got ${size}`);
  const kernel = gaussianKernel(size, sigma);
  checkRadius('blur', size, image);
  const rows = { ...image, data: alongAxis(image, kernel, 0) };
  return alongAxis(rows, kernel, 1);
};

/** A window can mirror the image at its border only while its radius is smaller than the side. */
export function checkRadius(what: 'blur' | 'median', size: number, { shape: [height, width] }: Pixels): void {
  const side = Math.min(height, width);
  const radius = (size - 1) / 2;
  if (radius < side) return;
  throw new OptionError(
    `a ${what} size of ${size} reaches ${radius} pixels, past the side of a ${height}x${width} image: give at most ${2 * side - 1}`,
    `${what}Size`,
  );
}

/** Index mirrored around the first and the last element, which are not repeated: −1 -> 1, n -> n − 2. */
function mirror(index: number, length: number): number {
  if (index < 0) return -index;
  return index < length ? index : 2 * (length - 1) - index;
}

function alongAxis({ data, shape }: Pixels, kernel: Float64Array, axis: 0 | 1): Float64Array {
  const [height, width, channels] = shape;
  const length = axis === 0 ? height : width;
  const stride = axis === 0 ? width * channels : channels;
  const radius = (kernel.length - 1) / 2;
  const out = new Float64Array(data.length);
  for (let i = 0; i < out.length; i++) {
    const position = Math.floor(i / stride) % length;
    const origin = i - position * stride;
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap++) {
      sum += kernel[tap]! * data[origin + mirror(position + tap - radius, length) * stride]!;
    }
    out[i] = sum;
  }
  return out;
}
