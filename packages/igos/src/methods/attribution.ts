import { clamp01, ones } from '../mask.ts';
import { cellAverages } from '../problem/host-images.ts';
import type { EndpointObjective } from '../problem/objective.ts';
import type { Completeness, MethodContext, MethodResult } from './method.ts';

/**
 * Turns one value a pixel into a result. The map is scaled to a largest absolute value of 1, since attributions have no
 * common unit; the keep mask takes 1 minus its positive part, averaged over each cell.
 */
export async function resultOfAttributions(
  { problem }: MethodContext,
  attributions: Float64Array,
  completeness?: Completeness,
): Promise<MethodResult> {
  const largest = attributions.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const saliency = largest > 0 ? attributions.map((value) => value / largest) : attributions;
  const removed = cellAverages(problem, saliency.map(clamp01));
  const mask = Float32Array.from(removed, (value) => clamp01(1 - value));
  const [start, final] = (await problem.objective([ones(problem.maskSize), mask])) as EndpointObjective[];
  return {
    ...{ mask, saliency, stopped: 'iterations', start: start!, final: final! },
    ...(completeness && { completeness }),
    ...{ iterations: 0, failedSearches: 0, zeroGradient: largest === 0 },
  };
}

/** Combines the channels of every pixel: `[h, w, c]` -> `[h, w]`. */
export function overChannels(
  values: ArrayLike<number>,
  channels: number,
  combine: (sofar: number, value: number) => number,
): Float64Array {
  const out = new Float64Array(values.length / channels);
  for (let i = 0; i < values.length; i++) {
    const pixel = Math.floor(i / channels);
    out[pixel] = combine(out[pixel]!, values[i]!);
  }
  return out;
}
