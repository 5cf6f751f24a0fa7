/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` uniform numbers of [low, high), all exact in float32 so that every backend gets the same ones. */
export function seededValues(seed: number, count: number, [low, high]: readonly [number, number] = [-2, 2]) {
  const random = seededRandom(seed);
  return Float64Array.from({ length: count }, () => Math.fround(low + (high - low) * random()));
}
