import { checkNumber } from './checks.ts';

/** Where the score is evaluated between the baseline (0) and the masked image (1), and how much each place counts. */
export interface Path {
  /** Factors of the mask, ascending, in (0, 1]. */
  readonly nodes: Float64Array;
  /** One weight a node; they sum to 1. */
  readonly weights: Float64Array;
}

/** A quadrature rule on (0, 1] with the given number of points. */
export type PathRule = (points: number) => Path;

/** The points s/S, s = 1..S, as in the authors' code: the last one is the masked image itself. */
const right: PathRule = (points) => evenly(points, (s) => (s + 1) / points);

/** The middles (s − 1/2)/S of S equal parts. */
const midpoint: PathRule = (points) => evenly(points, (s) => (s + 0.5) / points);

/** Gauss–Legendre: exact for polynomials of degree 2S − 1. */
const gauss: PathRule = (points) => {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const { root, weight } = legendreRoot(points, i);
    nodes[i] = (1 + root) / 2;
    weights[i] = weight / 2;
  }
  return { nodes, weights };
};

export const pathRules = { right, midpoint, gauss } satisfies Record<string, PathRule>;
export type PathRuleName = keyof typeof pathRules;

/** @throws OptionError unless `points` is a positive integer */
export function makePath(rule: PathRuleName | PathRule, points: number): Path {
  checkNumber('the number of path points', points, { min: 1, integer: true });
  return (typeof rule === 'function' ? rule : pathRules[rule])(points);
}

function evenly(points: number, node: (s: number) => number): Path {
  return {
    nodes: Float64Array.from({ length: points }, (_, s) => node(s)),
    weights: new Float64Array(points).fill(1 / points),
  };
}

/** Root number i (ascending) of the Legendre polynomial of degree n, by Newton's method, with its quadrature weight on [−1, 1]. */
function legendreRoot(n: number, i: number): { root: number; weight: number } {
  let x = -Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
  let slope = 1;
  for (let round = 0; round < 100; round++) {
    const [value, previous] = legendre(n, x);
    slope = (n * (x * value - previous)) / (x * x - 1);
    const change = value / slope;
    x -= change;
    if (Math.abs(change) < 1e-15) break;
  }
  return { root: x, weight: 2 / ((1 - x * x) * slope * slope) };
}

/** Values of the Legendre polynomials of degree n and n − 1. */
function legendre(n: number, x: number): [number, number] {
  let previous = 0;
  let value = 1;
  for (let degree = 1; degree <= n; degree++) {
    [previous, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * previous) / degree];
  }
  return [value, previous];
}
