/** A stretch of neighbouring columns that a tile computes at once: `vectors` times four, from column `start`. */
export interface Panel {
  readonly start: number;
  readonly vectors: number;
}

/**
 * Cuts the columns of a product into panels of `vectors` times four columns; what is left over takes one narrower panel
 * that slides back to end with the last column. Fewer than four columns make one panel, whose other lanes are waste.
 */
export function panelsOf(columns: number, vectors: number): Panel[] {
  const wide = 4 * vectors;
  const whole = Math.floor(columns / wide);
  const panels = Array.from({ length: whole }, (_, i) => ({ start: i * wide, vectors }));
  const left = columns - whole * wide;
  if (left === 0) return panels;
  const narrow = Math.ceil(left / 4);
  return [...panels, { start: Math.max(0, columns - 4 * narrow), vectors: narrow }];
}
