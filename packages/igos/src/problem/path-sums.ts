import type { Path } from '../path-rules/path.ts';

/** Points are added up in groups of this many, in order, and then the groups: the same bytes for every batch size. */
export const groupSize = 5;

/** Neighbouring points of a path that are added up together. */
export interface PointGroup {
  /** Number of the first point. */
  readonly first: number;
  readonly scales: Float64Array;
  readonly weights: Float64Array;
}

/** The groups of a path, in order; the last one may be smaller. */
export function groupsOf({ nodes, weights }: Path): PointGroup[] {
  return Array.from({ length: Math.ceil(nodes.length / groupSize) }, (_, i) => {
    const [first, end] = [i * groupSize, (i + 1) * groupSize];
    return { first, scales: nodes.slice(first, end), weights: weights.slice(first, end) };
  });
}

/** What a group of points gives: the score at each, and their weighted gradients added up. */
export interface GroupResult {
  readonly scores: ArrayLike<number>;
  readonly gradient?: ArrayLike<number>;
}

/** Adds up the groups of a path in their order, in float64. */
export function sumGroups({ weights }: Path, groups: readonly GroupResult[], cells: number) {
  const scores = new Float64Array(weights.length);
  const gradient = new Float64Array(cells);
  let average = 0;
  let point = 0;
  for (const group of groups) {
    let groupAverage = 0;
    for (let i = 0; i < group.scores.length; i++) {
      scores[point] = group.scores[i]!;
      groupAverage += weights[point]! * group.scores[i]!;
      point++;
    }
    average += groupAverage;
    if (group.gradient) for (let i = 0; i < cells; i++) gradient[i]! += group.gradient[i]!;
  }
  return { scores, average, gradient };
}
