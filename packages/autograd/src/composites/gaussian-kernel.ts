import { ShapeError } from '../shape.ts';

/** Weights exp(−i² / 2σ²) of an odd number of taps around the centre, summing to 1. */
export function gaussianKernel(size: number, sigma: number): Float64Array {
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0 || !(sigma > 0)) {
    throw new ShapeError(`a Gaussian kernel needs an odd size and a positive sigma, got ${size} and ${sigma}`);
  }
  const weights = Float64Array.from({ length: size }, (_, i) =>
    Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
