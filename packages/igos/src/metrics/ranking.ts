import { wordStream } from '@igos/autograd';
import { checkFinite } from '../checks.ts';
import { roundSaliency } from '../saliency.ts';

/** How pixels of equal saliency are ordered: by the score direction, by index, or at random. */
export type Ties = 'direction' | 'index' | 'random';

/**
 * Pixel indices, most salient first. Saliency is rounded to 6 decimals before it is compared; equals go by `tieBreak`,
 * larger first, and then by the smaller index, so the order is the same on every machine.
 *
 * @throws NotFiniteError for NaN or infinite saliency
 */
export function rankPixels(saliency: ArrayLike<number>, tieBreak?: ArrayLike<number>): Uint32Array {
  checkFinite('saliency', saliency);
  const rounded = roundSaliency(saliency);
  const order = Array.from(rounded, (_, pixel) => pixel);
  order.sort((a, b) => rounded[b]! - rounded[a]! || (tieBreak ? tieBreak[b]! - tieBreak[a]! : 0) || a - b);
  return Uint32Array.from(order);
}

/** Random numbers to break ties with, one a pixel. */
export function randomTies(pixels: number, seed: number, order: number): Float64Array {
  const word = wordStream(seed, order);
  return Float64Array.from({ length: pixels }, (_, pixel) => word(pixel));
}

/** How many pixels are replaced at each of `steps + 1` points: floor(k · pixels / steps + 1/2), from none to all. */
export function cuts(pixels: number, steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, k) => Math.floor((k * pixels) / steps + 0.5));
}
