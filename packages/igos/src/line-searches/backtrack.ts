import { stepped } from '../mask.ts';
import type { Objective } from '../problem/mask-problem.ts';
import type { SearchOutcome, SearchPoint, SearchSettings, Trial } from './line-search.ts';

/** Decrease of the objective that a candidate has to bring. */
export type Demand = (step: number, candidate: Float64Array) => number;

/** Shortens the step until a candidate brings the demanded decrease; the first step below `minStep` is the last one tried. */
export async function backtrack(point: SearchPoint, settings: SearchSettings, demand: Demand): Promise<SearchOutcome> {
  const candidates = stepLengths(settings).map((step) => ({ step, mask: stepped(point.mask, point.direction, step) }));
  const { together } = point;
  const known =
    together && candidates.length <= together.atOnce
      ? await together.evaluate(candidates.map(({ mask }) => mask))
      : undefined;
  const trials: Trial[] = [];
  for (const [i, { step, mask }] of candidates.entries()) {
    const objective = known?.[i] ?? (await point.evaluate(mask));
    const trial = makeTrial(step, objective, point.start - demand(step, mask));
    trials.push(trial);
    if (trial.margin <= 0) return { candidate: mask, trials, failed: false };
  }
  return { candidate: candidates.at(-1)!.mask, trials, failed: true };
}

/** All step lengths in the order they are tried, at least two. */
function stepLengths({ step, stepDecay, minStep }: SearchSettings): number[] {
  const lengths = [step];
  for (let next = step * stepDecay; ; next *= stepDecay) {
    lengths.push(next);
    if (next < minStep) return lengths;
  }
}

export function makeTrial(step: number, { score, l1, tv, total }: Objective, bound: number): Trial {
  return { step, score, l1, tv, objective: total, margin: total - bound };
}
