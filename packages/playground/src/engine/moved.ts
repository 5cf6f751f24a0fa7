/** The mask after a step against the direction, cut to [0, 1]. */
export function moved(mask: ArrayLike<number>, direction: ArrayLike<number>, step: number): Float64Array {
  return Float64Array.from(mask, (value, i) => Math.min(1, Math.max(0, value - step * (direction[i] ?? 0))));
}
