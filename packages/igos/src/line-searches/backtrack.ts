import { stepped } from '../mask.ts';
import type { Objective } from '../problem/mask-problem.ts';
import type { SearchOutcome, SearchPoint, SearchSettings, Trial } from './line-search.ts';

/** Decrease of the objective that a candidate has to bring. */
export type Demand = (step: number, candidate: Float64Array) => number;

/** Shortens the step until a candidate brings the demanded decrease; the first step below `minStep` is the last one tried. */
export async function backtrack(point: SearchPoint, settings: SearchSettings, demand: Demand): Promise<SearchOutcome> {
  const trials: Trial[] = [];
  for (let step = settings.step; ; step *= settings.stepDecay) {
    const candidate = stepped(point.mask, point.direction, step);
    const trial = makeTrial(step, await point.evaluate(candidate), point.start - demand(step, candidate));
    trials.push(trial);
    const failed = trial.margin > 0;
    if (!failed || (step < settings.minStep && trials.length > 1)) return { candidate, trials, failed };
  }
}

export function makeTrial(step: number, { score, l1, tv, total }: Objective, bound: number): Trial {
  return { step, score, l1, tv, objective: total, margin: total - bound };
}
