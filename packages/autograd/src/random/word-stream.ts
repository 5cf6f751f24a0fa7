/** Murmur3's finalizer: every input bit changes every output bit with probability one half. 32 bits to 32 bits. */
function mixBits(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), firstFactor);
  x = Math.imul(x ^ (x >>> 13), secondFactor);
  return x ^ (x >>> 16);
}

/** What `mixBits` multiplies by. */
export const firstFactor = 0x85ebca6b;
export const secondFactor = 0xc2b2ae35;
/** How far one position of a stream is from the next, before mixing. */
export const positionStep = 0x9e3779b9;

/** What a stream is made of: two 32-bit words, so that no two streams are shifted copies of each other. */
export type StreamState = readonly [number, number];

/** The stream that belongs to `keys`: integers of up to 53 bits, whose order matters. */
export function streamState(...keys: readonly number[]): StreamState {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (const key of keys) {
    for (const word of [key, Math.floor(key / 2 ** 32)]) {
      a = mixBits(a + Math.imul(word | 0, positionStep));
      b = mixBits(b ^ a ^ word);
    }
  }
  return [a, b];
}

/**
 * A stream of random 32-bit words that is read by position instead of in turn: word i of the stream `keys` is always the
 * same, whatever was read before.
 */
export function wordStream(...keys: readonly number[]): (index: number) => number {
  return wordsOf(streamState(...keys));
}

/** The words of a stream, by position. */
export function wordsOf([a, b]: StreamState): (index: number) => number {
  return (index) => mixBits(mixBits(a + Math.imul(index, positionStep)) ^ b) >>> 0;
}

/** Uniform in [0, 1): 32 bits. */
export function uniformStream(...keys: readonly number[]): (index: number) => number {
  const word = wordStream(...keys);
  return (index) => word(index) / 2 ** 32;
}
