import { stepped } from '../mask.ts';
import type { Objective } from '../problem/objective.ts';
import type { SearchOutcome, SearchPoint, SearchSettings, Trial } from './line-search.ts';

/** Decrease of the objective that a candidate has to bring. */
export type Demand = (step: number, candidate: Float64Array) => number;

/** Shortens the step until a candidate brings the demanded decrease; the first step below `minStep` is the last one tried. */
export async function backtrack(point: SearchPoint, settings: SearchSettings, demand: Demand): Promise<SearchOutcome> {
  const lengths = stepLengths(settings);
  const evaluate = await evaluator(point, lengths);
  const trials: Trial[] = [];
  let candidate = new Float64Array(0);
  for (const step of lengths) {
    const evaluated = await evaluate(step);
    candidate = evaluated.candidate;
    const trial = makeTrial(step, evaluated.objective, point.start - demand(step, candidate));
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

interface Evaluated {
  readonly candidate: Float64Array<ArrayBuffer>;
  readonly objective: Objective;
}

/** Gives a step's candidate and its objective: computed when asked for, or before, where all cost about as much as one. */
async function evaluator(
  { mask, direction, evaluate, together }: SearchPoint,
  lengths: readonly number[],
): Promise<(step: number) => Promise<Evaluated>> {
  if (!together || lengths.length > together.atOnce) {
    return async (step) => {
      const candidate = stepped(mask, direction, step);
      return { candidate, objective: await evaluate(candidate) };
    };
  }
  const candidates = lengths.map((step) => stepped(mask, direction, step));
  const objectives = await together.evaluate(candidates);
  const known = new Map(lengths.map((step, i) => [step, { candidate: candidates[i]!, objective: objectives[i]! }]));
  return async (step) => known.get(step)!;
}

export function makeTrial(step: number, values: Objective, bound: number): Trial {
  return { step, ...values, margin: values.objective - bound };
}
