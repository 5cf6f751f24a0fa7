import { arrayUnits, type InputUnits, pixelUnits } from 'igos/pictures';
import type { Subject } from '../subject.ts';

/** By the scaling of pixels where it is known or was used; an array without a card speaks for itself. */
export function inputUnits({ picture, encoding, scaling }: Subject): InputUnits {
  const unknown = !encoding || (picture.exact && scaling === 'guess');
  return unknown ? arrayUnits(picture.input) : pixelUnits(encoding, picture.input.shape[2] ?? 1);
}
