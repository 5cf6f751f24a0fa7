import type { HostArray } from '@igos/autograd';

/**
 * Largest difference between two arrays, relative to the largest finite value of the expected one (at least 1).
 * Infinities and NaN must be in the same places, or the difference is infinite.
 */
export function relativeDifference(actual: HostArray, expected: HostArray): number {
  if (actual.shape.join() !== expected.shape.join()) {
    throw new Error(`shape [${actual.shape}] where [${expected.shape}] is expected`);
  }
  if (actual.data.length !== expected.data.length) {
    throw new Error(`${actual.data.length} values where ${expected.data.length} are expected`);
  }
  let scale = 1;
  let largest = 0;
  for (const [i, value] of expected.data.entries()) {
    const difference = Object.is(actual.data[i], value) ? 0 : Math.abs(actual.data[i]! - value);
    if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest / scale;
}
