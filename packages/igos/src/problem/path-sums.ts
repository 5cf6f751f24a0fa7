import type { Path } from '../path.ts';

/** Points are added up in groups of this many, in order, and then the groups: the same bytes for every batch size. */
const groupSize = 5;

/** Weighted sums over the points of a path, in float64. */
export interface PathSums {
  /** Adds the next point of the path. */
  add(score: number, gradient?: ArrayLike<number>): void;
  /** Closes the sums; no point may follow. */
  finish(): { readonly scores: Float64Array; readonly average: number; readonly gradient: Float64Array };
}

export function pathSums({ nodes, weights }: Path, cells: number): PathSums {
  const scores = new Float64Array(nodes.length);
  const totals = new Float64Array(cells);
  const group = new Float64Array(cells);
  let average = 0;
  let groupAverage = 0;
  let points = 0;

  const closeGroup = () => {
    average += groupAverage;
    groupAverage = 0;
    for (let i = 0; i < cells; i++) totals[i]! += group[i]!;
    group.fill(0);
  };

  return {
    add: (score, gradient) => {
      const weight = weights[points]!;
      scores[points++] = score;
      groupAverage += weight * score;
      if (gradient) for (let i = 0; i < cells; i++) group[i]! += weight * gradient[i]!;
      if (points % groupSize === 0) closeGroup();
    },
    finish: () => {
      closeGroup();
      return { scores, average, gradient: totals };
    },
  };
}
