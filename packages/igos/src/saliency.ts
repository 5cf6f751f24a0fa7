import type { HostArray } from '@igos/autograd';
import type { Float32HostArray } from './float32-array.ts';

/** Rounds to 6 decimals, halves to even as numpy does, so that values equal but for rounding rank as equal. */
export function roundSaliency(values: ArrayLike<number>): Float32Array {
  return Float32Array.from(values, (value) => {
    const scaled = value * 1e6;
    const nearest = Math.round(scaled);
    const half = nearest - scaled === 0.5;
    return (half && nearest % 2 !== 0 ? nearest - 1 : nearest) / 1e6;
  });
}

/** Values stretched to 0..1 for a picture; a constant map becomes 0 everywhere. */
export function displayMap({ data, shape }: HostArray): Float32HostArray {
  const [low, high] = extent(data);
  return { data: Float32Array.from(data, (value) => (high > low ? (value - low) / (high - low) : 0)), shape };
}

/** Smallest and largest value. */
export function extent(values: ArrayLike<number>): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return [low, high];
}
