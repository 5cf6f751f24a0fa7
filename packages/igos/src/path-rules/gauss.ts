import type { PathRule } from './path.ts';

/** Gauss–Legendre: exact for polynomials of degree 2S − 1. */
export const gauss: PathRule = (points) => {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const { root, weight } = legendreRoot(points, i);
    nodes[i] = (1 + root) / 2;
    weights[i] = weight / 2;
  }
  return { nodes, weights };
};

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
