import type { Preprocessing } from '@igos/autograd/tfjs';

/** How a pixel becomes an input, as a formula: `(pixel - 127) / 128 in rgb`. */
export function describeScale({ mean, std, channelOrder }: Preprocessing): string {
  return `(pixel - ${listOf(mean)}) / ${listOf(std)} in ${channelOrder}`;
}

/** One number where all are the same, else a list in brackets. */
function listOf(values: readonly number[]): string {
  const shown = values.map((value) => String(Number(value.toPrecision(6))));
  return shown.every((value) => value === shown[0]) ? (shown[0] ?? '') : `[${shown.join(', ')}]`;
}
