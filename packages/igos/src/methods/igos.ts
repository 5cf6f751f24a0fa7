import { checkFinite } from '../checks.ts';
import { NotFiniteError } from '../errors.ts';
import { Interruption } from '../interruption.ts';
import { lambdaDivisor } from '../lambda-schedule.ts';
import type { LineSearch } from '../line-searches/line-search.ts';
import { sumOfSquares } from '../mask.ts';
import { evaluationsOf } from '../problem/mask-problem.ts';
import { type EndpointObjective, withPenalty } from '../problem/objective.ts';
import type { Weights } from '../regularizers/regularizer.ts';
import { makeEndpoints } from './endpoints.ts';
import type { Method, MethodContext, Step, Stopped } from './method.ts';

/** Where a run stands between two iterations. */
interface State {
  readonly mask: Float32Array;
  /** Noise-free objective at `mask`, with `weights`. */
  readonly at: EndpointObjective;
  readonly weights: Weights;
}

/**
 * The mask loop: find a direction, search along it, move the mask. Decisions are made in float64 on the host; the mask is
 * rounded to float32 after every step, so a stored mask is the exact state.
 *
 * @source Qi, Khorram and Li, "Visualizing Deep Networks by Optimizing with Integrated Gradients", AAAI 2020
 */
export const igos: Method = async function* (context) {
  const { problem, options, checkpoint } = context;
  const { iterations, weights, initMask: mask } = options;
  const lineSearch = options.lineSearch();
  const [start] = (await problem.objective([mask], { weights })) as [EndpointObjective];
  let state: State = { mask, at: start, weights };
  let best = state;
  const steps: Step[] = [];
  let stopped: Stopped = 'iterations';
  try {
    for (let k = 0; k < iterations; k++) {
      checkpoint();
      const { step, next } = await iterate(context, { k, state, lineSearch });
      steps.push(step);
      yield step;
      const reason = reasonToStop(context, { step, before: state.at });
      const scores = [start, ...steps].map(({ score }) => score);
      state = options.lambdaSchedule ? await relax(context, next, lambdaDivisor(k, iterations, scores)) : next;
      if (state.at.objective < best.at.objective) best = state;
      if (reason && k + 1 < iterations) {
        stopped = reason;
        break;
      }
    }
  } catch (error) {
    if (error instanceof NotFiniteError) {
      const bestMask = { data: best.mask, shape: [...problem.maskSize] };
      throw new NotFiniteError({ quantity: error.quantity, iteration: steps.length, bestMask });
    }
    if (!(error instanceof Interruption)) throw error;
    stopped = error.reason;
  }
  const tieBreak = await scoreDirectionAtEnd(context, { last: steps.at(-1), mask: state.mask });
  return {
    ...{ mask: state.mask, stopped, start, final: state.at, iterations: steps.length },
    saliency: Float64Array.from(problem.upsample(state.mask).data, (keep) => 1 - keep),
    ...(tieBreak && { tieBreak }),
    failedSearches: steps.filter(({ failed }) => failed).length,
    zeroGradient: steps[0]?.scoreDirection.every((value) => value === 0) ?? false,
  };
};

async function iterate(
  { problem, options, checkpoint }: MethodContext,
  { k, state, lineSearch }: { readonly k: number; readonly state: State; readonly lineSearch: LineSearch },
): Promise<{ readonly step: Step; readonly next: State }> {
  const { mask, weights } = state;
  const before = evaluationsOf(problem);
  const noise = options.noise.sigma > 0 ? { ...options.noise, iteration: k } : undefined;

  const score = await options.direction({ problem, mask, noise, checkpoint });
  checkFinite('direction', score.gradient);
  const penalty = await problem.penaltyGradient(mask, weights);
  const direction = score.gradient.map((value, i) => value + penalty[i]!);
  checkFinite('length of the direction', [sumOfSquares(direction)]);

  const endpoints = makeEndpoints(problem, { checkpoint, weights });
  const alongPath = (candidate: ArrayLike<number>) => problem.pathObjective(candidate, { noise, checkpoint, weights });
  const pathStart = async () =>
    // The direction has just run this path with this noise: its average need not be computed again.
    score.path ? score.path.average + state.at.penalty : (await alongPath(mask)).objective;
  const judge =
    lineSearch.judges === 'path'
      ? { start: await pathStart(), evaluate: alongPath }
      : { start: state.at.objective, ...endpoints };
  const { candidate, trials, failed } = await lineSearch.search({ iteration: k, mask, direction, ...judge }, options);

  const kept = failed && options.onFailedSearch === 'keep';
  const moved = kept ? mask : Float32Array.from(candidate);
  const at = kept ? state.at : await endpoints.at(moved, candidate);
  const step: Step = {
    ...{ k, mask: moved, direction, scoreDirection: score.gradient, searchStart: judge.start, ...at },
    ...(score.path && { pathScores: score.path.scores }),
    ...{ l1Weight: weights.l1, tvWeight: weights.tv },
    ...{ step: trials.at(-1)!.step, trials: trials.length, trialLog: trials, failed, kept },
    evaluations: evaluationsOf(problem) - before,
  };
  return { step, next: { mask: moved, at, weights } };
}

/** The state with the L1 weight divided; nothing else changes. */
async function relax({ problem }: MethodContext, state: State, divisor: number): Promise<State> {
  if (divisor === 1) return state;
  const weights = { ...state.weights, l1: state.weights.l1 / divisor };
  return { ...state, weights, at: withPenalty(state.at, await problem.penalties(state.mask, weights)) };
}

function reasonToStop(
  { options }: MethodContext,
  { step, before }: { readonly step: Step; readonly before: EndpointObjective },
): Stopped | undefined {
  // Without noise and with the same weights the next iteration would repeat this one exactly.
  if (step.kept && options.noise.sigma === 0 && !options.lambdaSchedule) return 'failed-search';
  const change = Math.abs(before.objective - step.objective);
  return options.tolerance > 0 && !step.failed && change <= options.tolerance ? 'tolerance' : undefined;
}

/** The noise-free score direction at the final mask; the last known one where time is up. */
async function scoreDirectionAtEnd(
  { problem, options, checkpoint }: MethodContext,
  { last, mask }: { readonly last: Step | undefined; readonly mask: Float32Array },
): Promise<Float64Array | undefined> {
  if (last?.kept && options.noise.sigma === 0) return last.scoreDirection;
  try {
    checkpoint();
    return (await options.direction({ problem, mask, checkpoint })).gradient;
  } catch (error) {
    if (error instanceof Interruption) return last?.scoreDirection;
    throw error;
  }
}
