import type { HostArray } from '../host-array.ts';
import { type StreamState, streamState } from './word-stream.ts';

/** Shape of a key: the two words of a stream in halves of 16 bits, which every float type holds exactly. */
export const keyShape = [4];

/**
 * A key for `randomNormal`: the same integers give the same numbers, on every backend. Different integers, or the same in
 * another order, give independent ones.
 *
 * @param keys  integers of up to 53 bits
 * @returns     `[4]`
 */
export function randomKey(...keys: readonly number[]): HostArray {
  const halves = streamState(...keys).flatMap((word) => [(word >>> 16) & 0xffff, word & 0xffff]);
  return { data: Float32Array.from(halves), shape: keyShape };
}

/** The stream that a key stands for. */
export function stateOfKey([highA, lowA, highB, lowB]: ArrayLike<number> & Iterable<number>): StreamState {
  return [(highA << 16) | lowA, (highB << 16) | lowB];
}
