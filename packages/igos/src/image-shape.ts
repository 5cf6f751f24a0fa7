import type { HostArray } from '@igos/autograd';
import { OptionError } from './errors.ts';

export type ImageShape = readonly [height: number, width: number, channels: number];

/** The shape of an image; OptionError for another rank. */
export function imageShape({ shape }: HostArray): ImageShape {
  if (shape.length === 3 && !shape.includes(0)) return shape as ImageShape;
  throw new OptionError(`an image needs shape [height, width, channels], got [${shape.join(', ')}]`);
}
