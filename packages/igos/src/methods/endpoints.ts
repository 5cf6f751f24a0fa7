import type { SearchPoint } from '../line-searches/line-search.ts';
import type { EndpointObjective, EvaluationOptions, MaskProblem } from '../problem/mask-problem.ts';
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
  const { candidatesAtOnce, savings, precision } = problem;
  const known = new Map<Float64Array, EndpointObjective>();
  const evaluate = async (candidates: readonly Float64Array[]): Promise<readonly EndpointObjective[]> => {
    const objectives = await problem.objective(candidates, options);
    for (const [i, candidate] of candidates.entries()) known.set(candidate, objectives[i]!);
    return objectives;
  };
  /** A network that computes in float32 saw the candidate as the mask that it is rounded to. */
  const isKnownRounded = savings.reuseAccepted && precision === 'float32';
  return {
    evaluate: async (candidate) => (await evaluate([candidate]))[0]!,
    ...(candidatesAtOnce > 1 && { together: { atOnce: candidatesAtOnce, evaluate } }),
    at: async (mask, candidate) => {
      const seen = isKnownRounded ? known.get(candidate) : undefined;
      if (!seen) return (await problem.objective([mask], options))[0]!;
      const { score, probability } = seen;
      const { l1, tv, total: penalty } = await problem.penalties(mask, options.weights);
      return { score, probability, l1, tv, penalty, total: score + penalty };
    },
  };
}
