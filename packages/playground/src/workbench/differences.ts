import { uniformStream } from '@igos/autograd';

/** A function of many numbers, and what is claimed to be its gradient at a place. */
export interface Claim {
  /** Of the function, in float64. */
  readonly value: (point: Float64Array) => Promise<number>;
  readonly at: Float64Array;
  /** One number a coordinate. */
  readonly gradient: ArrayLike<number>;
}

export interface ErrorCurve {
  /** How far claim and differences are apart, by the length of the step; as a share of the larger one. */
  readonly points: readonly { readonly step: number; readonly error: number }[];
  /** The smallest error of any step. */
  readonly smallest: number;
  /** Along the first direction: what is claimed, and what differences give at the best step. */
  readonly claimed: number;
  readonly measured: number;
}

/** Lengths of the steps. Long ones err because functions bend, short ones because numbers are rounded. */
const steps = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

const directionCount = 2;

/** Compares the claim with central differences along random directions. */
export async function compareWithDifferences({ value, at, gradient }: Claim): Promise<ErrorCurve> {
  const directions = Array.from({ length: directionCount }, (_, k) => randomDirection(k, at.length));
  const claims = directions.map((direction) => {
    return direction.reduce((sum, step, i) => sum + step * (gradient[i] ?? Number.NaN), 0);
  });
  const rows: { step: number; error: number; measured: number }[] = [];
  for (const step of steps) {
    const measured: number[] = [];
    for (const direction of directions) {
      const moved = (by: number) => at.map((start, i) => start + by * (direction[i] ?? 0));
      const rise = (await value(moved(step))) - (await value(moved(-step)));
      measured.push(rise / (2 * step));
    }
    rows.push({ step, error: relativeError(claims, measured), measured: measured[0] ?? Number.NaN });
  }
  const best = rows.reduce((least, row) => (row.error < least.error ? row : least));
  const points = rows.map(({ step, error }) => ({ step, error }));
  return { points, smallest: best.error, claimed: claims[0] ?? Number.NaN, measured: best.measured };
}

/** The largest difference, as a share of the largest number; 0 where all are 0. */
function relativeError(claims: readonly number[], measured: readonly number[]): number {
  const scale = Math.max(...claims.map(Math.abs), ...measured.map(Math.abs));
  const largest = Math.max(...claims.map((claim, k) => Math.abs(claim - (measured[k] ?? Number.NaN))));
  return scale === 0 ? 0 : largest / scale;
}

/** Every coordinate between −1 and 1. */
function randomDirection(k: number, length: number): Float64Array {
  const uniform = uniformStream(7, k);
  return Float64Array.from({ length }, (_, i) => 2 * uniform(i) - 1);
}
