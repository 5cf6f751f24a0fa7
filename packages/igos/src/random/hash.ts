/** Murmur3's finalizer: every input bit changes every output bit with probability one half. 32 bits to 32 bits. */
function mixBits(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

const oddStep = 0x9e3779b9;

/**
 * A stream of random 32-bit words that is read by position instead of in turn: word i of the stream `keys` is always the
 * same, whatever was read before. Integer keys of up to 53 bits; the order of the keys matters.
 */
export function wordStream(...keys: readonly number[]): (index: number) => number {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (const key of keys) {
    for (const word of [key, Math.floor(key / 2 ** 32)]) {
      a = mixBits(a + Math.imul(word | 0, oddStep));
      b = mixBits(b ^ a ^ word);
    }
  }
  // Two words of state: streams whose first words differ by a multiple of the step would otherwise be shifted copies.
  return (index) => mixBits(mixBits(a + Math.imul(index, oddStep)) ^ b) >>> 0;
}

/** Uniform in [0, 1): 32 bits. */
export function uniformStream(...keys: readonly number[]): (index: number) => number {
  const word = wordStream(...keys);
  return (index) => word(index) / 2 ** 32;
}
