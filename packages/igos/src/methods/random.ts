import { uniformStream } from '@igos/autograd';
import { ones } from '../mask.ts';
import type { EndpointObjective } from '../problem/objective.ts';
import type { Method } from './method.ts';

/** The control: a uniformly random mask, seeded. An explanation has to do better than this. */
export const random: Method = async function* ({ problem, options }) {
  const uniform = uniformStream(options.seed);
  const start = ones(problem.maskSize);
  const mask = start.map((_, i) => uniform(i));
  const [before, after] = (await problem.objective([start, mask])) as [EndpointObjective, EndpointObjective];
  return {
    ...{ mask, stopped: 'iterations', start: before, final: after },
    saliency: Float64Array.from(problem.upsample(mask).data, (keep) => 1 - keep),
    ...{ iterations: 0, failedSearches: 0, zeroGradient: false },
  };
};
