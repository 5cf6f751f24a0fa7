import type { Path, PathRule } from './path.ts';

/** The points s/S, s = 1..S, as in the authors' code: the last one is the masked image itself. */
export const right: PathRule = (points) => evenly(points, (s) => (s + 1) / points);

/** The middles (s − 1/2)/S of S equal parts. */
export const midpoint: PathRule = (points) => evenly(points, (s) => (s + 0.5) / points);

function evenly(points: number, node: (s: number) => number): Path {
  return {
    nodes: Float64Array.from({ length: points }, (_, s) => node(s)),
    weights: new Float64Array(points).fill(1 / points),
  };
}
