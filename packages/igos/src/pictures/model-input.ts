import type { HostArray } from '@igos/autograd';
import { extent } from './extent.ts';
import { checkInputScale, type InputScale } from './input-scale.ts';
import type { RgbImage } from './rgb-image.ts';

export type ChannelOrder = 'rgb' | 'bgr' | 'grey';

/** How a model wants its pixels; mean and std follow the model's own channel order. */
export interface InputEncoding extends InputScale {
  readonly channelOrder: ChannelOrder;
}

/** Which byte of an RGB pixel feeds each channel of the input. */
const channelSources: Record<Exclude<ChannelOrder, 'grey'>, readonly number[]> = { rgb: [0, 1, 2], bgr: [2, 1, 0] };

/**
 * What the model sees of a picture: float32 [height, width, channels], (pixel - mean) / std computed in float64 and
 * rounded once. A grey model gets one channel, the luma of each pixel.
 */
export function pixelsToInput(image: RgbImage, encoding: InputEncoding): HostArray {
  const values = encoding.channelOrder === 'grey' ? luma(image) : reorder(image.data, encoding.channelOrder);
  const channels = channelCount(encoding);
  const { mean, std } = perChannel(encoding);
  const data = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const c = i % channels;
    data[i] = ((values[i] as number) - (mean[c] as number)) / (std[c] as number);
  }
  return { data, shape: [image.height, image.width, channels] };
}

/** The picture of an input [height, width, channels]: the inverse of `pixelsToInput`, rounded and clamped to 0..255. */
export function inputToPixels(input: HostArray, encoding: InputEncoding): RgbImage {
  const channels = channelCount(encoding);
  if (input.shape[2] !== channels) {
    throw new RangeError(`a ${encoding.channelOrder} input has ${channels} channels, got [${input.shape.join(', ')}]`);
  }
  const { mean, std } = perChannel(encoding);
  const pixels = Uint8ClampedArray.from(input.data, (value, i) => {
    const c = i % channels;
    return value * (std[c] as number) + (mean[c] as number);
  });
  const data = encoding.channelOrder === 'grey' ? spread(pixels) : reorder(pixels, encoding.channelOrder);
  return { width: input.shape[1] as number, height: input.shape[0] as number, data };
}

/** The encoding in which an input whose units are unknown fills the range from black to white: for showing it. */
export function stretchedEncoding(input: HostArray): InputEncoding {
  const [low, high] = extent(input.data);
  const std = high > low ? 255 / (high - low) : 1;
  return { channelOrder: input.shape[2] === 1 ? 'grey' : 'rgb', mean: [-low * std], std: [std] };
}

function channelCount({ channelOrder }: InputEncoding): number {
  return channelOrder === 'grey' ? 1 : 3;
}

function perChannel(encoding: InputEncoding): InputScale {
  checkInputScale(encoding);
  const channels = channelCount(encoding);
  const expand = (values: readonly number[]) => {
    if (values.length > channels) throw new RangeError(`a grey model takes one mean and one std, got ${values.length}`);
    return Array.from({ length: channels }, (_, c) => values[c % values.length] as number);
  };
  return { mean: expand(encoding.mean), std: expand(encoding.std) };
}

/** The three channels in the model's order, or back: both orders are their own inverse. */
function reorder(rgb: ArrayLike<number>, order: Exclude<ChannelOrder, 'grey'>): Uint8Array<ArrayBuffer> {
  const sources = channelSources[order];
  return Uint8Array.from(rgb, (_, i) => rgb[i - (i % 3) + (sources[i % 3] as number)] as number);
}

/**
 * Rec. 601 luma of each pixel, rounded to 8 bits with weights in 1/65536, as Pillow's grey conversion.
 * A grey picture is kept as it is, since the weights sum to one.
 */
function luma({ data }: RgbImage): Uint8Array {
  const byte = (i: number) => data[i] as number;
  return Uint8Array.from({ length: data.length / 3 }, (_, i) => {
    return (19595 * byte(3 * i) + 38470 * byte(3 * i + 1) + 7471 * byte(3 * i + 2) + 32768) >> 16;
  });
}

function spread(grey: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 3 * grey.length }, (_, i) => grey[Math.floor(i / 3)] as number);
}
