import { stepped } from '../mask.ts';
import type { Objective } from '../problem/objective.ts';
import type { SearchOutcome, SearchPoint, SearchSettings, Trial } from './line-search.ts';

/** Decrease of the objective that a candidate has to bring. */
export type Demand = (step: number, candidate: Float64Array) => number;

/** Shortens the step until a candidate brings the demanded decrease; the first step below `minStep` is the last one tried. */
export async function backtrack(point: SearchPoint, settings: SearchSettings, demand: Demand): Promise<SearchOutcome> {
  const { mask, direction, start, evaluate, together } = point;
  const lengths = stepLengths(settings);
  const candidateAt = (step: number) => stepped(mask, direction, step);
  const candidates = together && lengths.length <= together.atOnce ? lengths.map(candidateAt) : [];
  const known = candidates.length > 0 ? await together!.evaluate(candidates) : [];
  const trials: Trial[] = [];
  let candidate = new Float64Array(0);
  for (const [i, step] of lengths.entries()) {
    candidate = candidates[i] ?? candidateAt(step);
    const objective = known[i] ?? (await evaluate(candidate));
    const trial = makeTrial(step, objective, start - demand(step, candidate));
    trials.push(trial);
    if (trial.margin <= 0) return { candidate, trials, failed: false };
  }
  return { candidate, trials, failed: true };
}

/** All step lengths in the order they are tried, at least two. */
function stepLengths({ step, stepDecay, minStep }: SearchSettings): number[] {
  const lengths = [step];
  for (let next = step * stepDecay; ; next *= stepDecay) {
    lengths.push(next);
    if (next < minStep) return lengths;
  }
}

export function makeTrial(step: number, values: Objective, bound: number): Trial {
  return { step, ...values, margin: values.objective - bound };
}
