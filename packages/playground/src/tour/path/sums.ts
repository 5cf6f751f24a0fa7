import type { PathPointView } from '../../engine/handlers/path.ts';

/** Sum of all values. */
export function total(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

/**
 * What I-GOS adds up, cell by cell: the average score's gradient by the mask. A mask that changes by a little moves the
 * point at t only t times as far, so its gradient counts t times.
 */
export function pathSum(points: readonly PathPointView[]): Float64Array {
  const sum = new Float64Array(points[0]?.gradient.length ?? 0);
  for (const { gradient, fraction, weight } of points) {
    for (let cell = 0; cell < sum.length; cell++) {
      sum[cell] = (sum[cell] ?? 0) + weight * fraction * (gradient[cell] ?? 0);
    }
  }
  return sum;
}

/** Gradients of all points and cells, each point counted by its weight alone, as integrated gradients do. */
export function evenTotal(points: readonly PathPointView[]): number {
  return points.reduce((sum, { gradient, weight }) => sum + weight * total(gradient), 0);
}

export function averageScore(points: readonly PathPointView[]): number {
  return points.reduce((sum, { score, weight }) => sum + weight * score, 0);
}

/** The largest size of any value. */
export function largestSize(...arrays: readonly ArrayLike<number>[]): number {
  return arrays.reduce((most, values) => Math.max(most, ...Array.from(values, Math.abs)), 0);
}

/** A mask that hides the cells with the highest values, so many of them. */
export function hidingHighest(values: ArrayLike<number>, count: number): Float64Array {
  const mask = new Float64Array(values.length).fill(1);
  const order = Array.from(values, (value, cell) => ({ value, cell })).sort((a, b) => b.value - a.value);
  for (const { cell } of order.slice(0, count)) mask[cell] = 0;
  return mask;
}
