import type { SearchPoint } from '../line-searches/line-search.ts';
import type { EvaluationOptions, MaskProblem } from '../problem/mask-problem.ts';
import { type EndpointObjective, withPenalty } from '../problem/objective.ts';
import type { Weights } from '../regularizers/regularizer.ts';

/** Candidates of a line search judged by the noise-free objective. */
export interface Endpoints extends Pick<SearchPoint, 'evaluate' | 'together'> {
  /** The objective at a mask that is a candidate rounded to float32; its score is not computed again where it is known. */
  at(mask: Float32Array, candidate: Float64Array): Promise<EndpointObjective>;
}

export function makeEndpoints(
  problem: MaskProblem,
  options: EvaluationOptions & { readonly weights: Weights },
): Endpoints {
  const { backend, batch, savings } = problem;
  const known = new Map<Float64Array, EndpointObjective>();
  const evaluate = async (candidates: readonly Float64Array[]): Promise<readonly EndpointObjective[]> => {
    const objectives = await problem.objective(candidates, options);
    for (const [i, candidate] of candidates.entries()) known.set(candidate, objectives[i]!);
    return objectives;
  };
  return {
    evaluate: async (candidate) => (await evaluate([candidate]))[0]!,
    // Where a run takes many images, candidates cost about as much as one.
    ...(savings.batchCandidates && !backend.loops && { together: { atOnce: batch, evaluate } }),
    at: async (mask, candidate) => {
      const seen = known.get(candidate);
      // A network that computes in float32 saw the candidate as the mask that it is rounded to.
      if (seen && savings.reuseAccepted && backend.precision === 'float32') {
        return withPenalty(seen, await problem.penalties(mask, options.weights));
      }
      return (await problem.objective([mask], options))[0]!;
    },
  };
}
