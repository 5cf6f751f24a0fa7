import type { PathGradient } from './mask-problem.ts';

/** Points are added up in groups of this many, in order, and then the groups: the same bytes for every batch size. */
export const groupSize = 5;

/**
 * Adds up a path in float64.
 *
 * @param weights  one a point
 * @param scores   one a point
 * @param slopes   weighted slopes of each group in turn, one value a cell; or none
 */
export function sumPath(weights: Float64Array, scores: Float64Array, slopes: Float64Array): PathGradient {
  let average = 0;
  for (let first = 0; first < scores.length; first += groupSize) {
    const group = scores.subarray(first, first + groupSize);
    average += group.reduce((sum, score, s) => sum + weights[first + s]! * score, 0);
  }
  const gradient = new Float64Array(slopes.length / Math.ceil(scores.length / groupSize));
  slopes.forEach((slope, i) => {
    gradient[i % gradient.length]! += slope;
  });
  return { scores, average, gradient };
}
