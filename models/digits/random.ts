/**
 * A random number in [0, 1) that is a fixed function of its path, a list of integers such as [seed, use, counter]. There
 * is no generator with a hidden state: any draw can be made again, alone and in any order, on any machine.
 */
export function uniform(path: readonly number[]): number {
  return path.reduce((hash, key) => scramble(hash ^ scramble(key + 0x9e3779b9)), 0) / 2 ** 32;
}

/** The numbers 0 to count - 1 in random order (Fisher and Yates). */
export function permutation(path: readonly number[], count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(uniform([...path, last]) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Spreads every bit of a 32-bit integer over all the others: the last step of MurmurHash3 (A. Appleby, public domain). */
function scramble(key: number): number {
  let bits = key;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
