import type { HostArray } from '@igos/autograd';
import type { Preprocessing } from '@igos/autograd/tfjs';
import {
  type CropKind,
  cropRectangle,
  inputToPixels,
  pixelsToInput,
  type Rectangle,
  type RgbImage,
  resize,
  stretchedEncoding,
} from 'igos/pictures';
import { CliError, exitCodes, printable } from './errors.ts';
import { readNpy } from './image/read-npy.ts';
import { readPhoto } from './image/read-photo.ts';
import { type ImagePort, imagePort, type OpenedModel } from './open-model.ts';

/** A picture as the person sees it and as the model does. */
export interface Picture {
  readonly path: string;
  /** The whole photo; for a `.npy` file the picture of its values. */
  readonly photo: RgbImage;
  /** The part of the photo that the model sees. */
  readonly crop: Rectangle;
  /** [height, width, channels], in the model's own units. */
  readonly input: HostArray;
  /** What an array like `input` looks like. */
  readonly toPixels: (input: HostArray) => RgbImage;
  /** Whether the file held the input itself, which is then used as it is. */
  readonly exact: boolean;
}

export interface PictureOptions {
  readonly opened: OpenedModel;
  /** How pixels become the input; undefined where neither the model nor a flag says so. */
  readonly encoding: Preprocessing | undefined;
  readonly crop: CropKind;
}

/**
 * Reads a photo, cropped and scaled to what the model sees, or a `.npy` file, which has to be exactly that.
 * @throws CliError with the exit code for images, or for models that do not take pictures
 */
export async function readPicture(path: string, options: PictureOptions): Promise<Picture> {
  const port = imagePort(options.opened);
  return path.toLowerCase().endsWith('.npy') ? readArray(path, port, options) : readScaledPhoto(path, port, options);
}

async function readScaledPhoto(
  path: string,
  [height, width, channels]: ImagePort,
  { encoding, crop: kind, opened }: PictureOptions,
): Promise<Picture> {
  const wanted = encoding?.channelOrder === 'grey' ? 1 : 3;
  if (!height || !width || !encoding || (channels !== null && channels !== wanted)) {
    const shape = [height, width, channels].map((extent) => extent ?? '?').join('×');
    throw new CliError(
      `model ${printable(opened.place.name)}: its input ${shape} is not one that a photo can be scaled to\n` +
        'say how in an igos.json beside it (preprocessing: inputShape, channelOrder, mean, std), or give a .npy file',
      exitCodes.model,
    );
  }
  const photo = await readPhoto(path);
  const crop = cropRectangle(kind, photo, encoding.centerCropFraction);
  const scaled = resize(photo, { width, height }, { filter: encoding.resize, crop });
  const toPixels = (input: HostArray) => inputToPixels(input, encoding);
  return { path, photo, crop, input: pixelsToInput(scaled, encoding), toPixels, exact: false };
}

async function readArray(path: string, port: ImagePort, { encoding, opened }: PictureOptions): Promise<Picture> {
  const array = await readNpy(path, { exitCode: exitCodes.image });
  const shape = array.shape.length === 2 ? [...array.shape, 1] : array.shape;
  const fits = shape.length === 3 && port.every((extent, axis) => extent === null || extent === shape[axis]);
  if (!fits || shape.includes(0)) {
    const needed = port.map((extent) => extent ?? '?').join('×');
    throw new CliError(
      `${printable(path)}: its shape is [${array.shape.join(', ')}], the model takes ${needed} (height×width×channels)`,
      exitCodes.image,
    );
  }
  const input = { data: array.data, shape };
  const known = opened.model.card.source === 'guess' ? undefined : encoding;
  const toPixels = pixelsOfArrays(input, known);
  const photo = toPixels(input);
  const crop = { x: 0, y: 0, width: photo.width, height: photo.height };
  return { path, photo, crop, input, toPixels, exact: true };
}

/**
 * Pictures of arrays like this one: by their encoding where it is known and fits, else stretched so that this one runs
 * from black to white, the mean of the channels where there are neither one nor three.
 */
function pixelsOfArrays(like: HostArray, encoding: Preprocessing | undefined): (input: HostArray) => RgbImage {
  const channels = like.shape[2] ?? 1;
  if (encoding && channels === (encoding.channelOrder === 'grey' ? 1 : 3)) {
    return (input) => inputToPixels(input, encoding);
  }
  const shown = (input: HostArray) => (channels === 1 || channels === 3 ? input : meanOverChannels(input));
  const stretched = stretchedEncoding(shown(like));
  return (input) => inputToPixels(shown(input), stretched);
}

function meanOverChannels({ data, shape }: HostArray): HostArray {
  const [height = 1, width = 1, channels = 1] = shape;
  const mean = new Float64Array(height * width);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    mean[pixel] = (mean[pixel] ?? 0) + (data[i] ?? 0) / channels;
  }
  return { data: mean, shape: [height, width, 1] };
}
