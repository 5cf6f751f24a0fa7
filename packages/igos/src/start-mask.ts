import type { HostArray } from '@igos/autograd';
import { NotFiniteError, OptionError } from './errors.ts';
import { checkMaskSize, type MaskSize } from './mask.ts';

/** A keep mask to begin with: its values are what `initMask` takes, its size that of the problem. */
export interface StartMask {
  readonly data: HostArray['data'];
  readonly size: MaskSize;
}

export interface StartMaskWishes {
  /** That the mask has to have; default: any. */
  readonly maskSize?: MaskSize | undefined;
  /** Height and width of the image that it has to fit; default: any. */
  readonly imageSize?: MaskSize | undefined;
}

/**
 * The start mask in an array `[rows, columns]`, such as a stored mask.
 *
 * @throws OptionError for another shape, another size than is wanted, or values outside of [0, 1]
 * @throws NotFiniteError for NaN or infinite values
 */
export function startMaskOf({ data, shape }: HostArray, { maskSize, imageSize }: StartMaskWishes = {}): StartMask {
  const [rows = 0, columns = 0] = shape;
  const isMask = shape.length === 2 && rows > 0 && columns > 0;
  if (!isMask || (maskSize && maskSize.join() !== shape.join())) {
    const needed = maskSize ? `${maskSize.join('×')}, as the mask size says` : '[rows, columns]';
    throw new OptionError(`its shape is [${shape.join(', ')}], needed is ${needed}`, 'initMask');
  }
  if (imageSize) checkMaskSize([rows, columns], imageSize);
  checkKeepValues(data);
  return { data, size: [rows, columns] };
}

/** Throws OptionError for a value outside of [0, 1], NotFiniteError for NaN. */
export function checkKeepValues(mask: ArrayLike<number>): void {
  for (let i = 0; i < mask.length; i++) {
    const kept = Math.fround(mask[i]!); // as in a run
    if (kept >= 0 && kept <= 1) continue;
    if (!Number.isFinite(kept)) throw new NotFiniteError({ quantity: 'start mask' });
    throw new OptionError(`a start mask needs values from 0 to 1, got ${mask[i]}`, 'initMask');
  }
}
