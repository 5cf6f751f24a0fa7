/** Uniform numbers in [−1, 1) that depend on the seed alone (a 32-bit xorshift), exact in float32. */
function seededUniform(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >> 8) / 2 ** 23;
  };
}

/** `count` of them, times `scale`. */
export function uniformArray(seed: number, count: number, scale = 1): Float32Array {
  const next = seededUniform(seed);
  return Float32Array.from({ length: count }, () => scale * next());
}
