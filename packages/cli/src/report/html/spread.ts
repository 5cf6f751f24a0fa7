/** At most `most` of the indices 0, 1, … n - 1, evenly spaced, with both ends. `most` is 2 or more. */
export function spread(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}
