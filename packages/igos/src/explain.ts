import { checkFunction } from './checks.ts';
import type { Float32HostArray } from './float32-array.ts';
import { makeCheckpoint } from './interruption.ts';
import { igos } from './methods/igos.ts';
import type { Completeness, Method, Step, Stopped } from './methods/method.ts';
import { type ExplainOptions, resolveOptions } from './options.ts';
import type { EndpointObjective, MaskProblem } from './problem/mask-problem.ts';
import { roundSaliency } from './saliency.ts';
import { findWarnings, type Warning } from './warnings.ts';

/** The objective at one mask, without noise. */
export interface Summary {
  readonly objective: number;
  readonly score: number;
  readonly probability: number;
  /** Unweighted. */
  readonly l1: number;
  /** Unweighted. */
  readonly tv: number;
}

export interface Result {
  /** Keep mask `[rows, columns]`: 1 keeps the pixel, 0 replaces it by the baseline. */
  readonly mask: Float32HostArray;
  /** `[h, w]`, larger is more important, rounded to 6 decimals. For masks: 1 minus the upsampled mask. */
  readonly saliency: Float32HostArray;
  readonly stopped: Stopped;
  readonly image: { readonly score: number; readonly probability: number };
  readonly baseline: { readonly score: number; readonly probability: number };
  /** At the mask the run began with. */
  readonly start: Summary;
  /** At `mask`; `area` is mean(1 − m), the share that is removed. */
  readonly final: Summary & { readonly area: number };
  /** Score direction at `mask`, one value a cell: ranks cells of equal saliency in the metrics. */
  readonly tieBreak?: Float64Array;
  /** How well attributions add up, for methods that make them. */
  readonly completeness?: Completeness;
  readonly iterations: number;
  /** Network evaluations of the whole run, in images: forward passes plus backward passes. */
  readonly evaluations: number;
  readonly warnings: readonly Warning[];
}

/**
 * Explains the problem's image: yields every iteration, returns the result.
 *
 * ```ts
 * const run = explain(problem, { iterations: 15 });
 * for await (const step of run) console.log(step.k, step.objective);
 * ```
 *
 * To get the result, use {@link explainToEnd} or call `next()` yourself until it is done.
 *
 * @throws OptionError for a setting out of range, at the first `next()`
 * @throws NotFiniteError when a number becomes NaN or infinite, with the best mask so far
 */
export async function* explain(
  problem: MaskProblem,
  options: ExplainOptions & { readonly method?: Method } = {},
): AsyncGenerator<Step, Result> {
  const { method, signal, timeLimit } = { method: igos, ...options };
  checkFunction('method', method, 'methods.igos');
  const resolved = resolveOptions(problem, options);
  const checkpoint = makeCheckpoint({ signal, timeLimit });
  const before = problem.counts;
  const { scores, probabilities } = await problem.evaluate([problem.image, problem.baseline]);
  const result = yield* method({ problem, options: resolved, checkpoint });
  const after = problem.counts;
  const [image, baseline] = Array.from(scores, (score, i) => ({ score, probability: probabilities[i]! }));
  const { mask, saliency, tieBreak, completeness, stopped, iterations } = result;
  return {
    ...{ stopped, iterations, image: image!, baseline: baseline! },
    mask: { data: mask, shape: problem.maskSize },
    saliency: { data: roundSaliency(saliency), shape: problem.imageSize },
    start: summary(result.start),
    final: { ...summary(result.final), area: result.final.l1 },
    ...(tieBreak && { tieBreak }),
    ...(completeness && { completeness }),
    evaluations: after.forward - before.forward + after.gradient - before.gradient,
    warnings: findWarnings({
      probability: { image: image!.probability, baseline: baseline!.probability },
      result,
    }),
  };
}

/** Runs to the end and gives the result; `onStep` sees every iteration. */
export async function explainToEnd(
  run: AsyncGenerator<Step, Result>,
  onStep: (step: Step) => void = () => undefined,
): Promise<Result> {
  for (;;) {
    const { done, value } = await run.next();
    if (done) return value;
    onStep(value);
  }
}

function summary({ total: objective, score, probability, l1, tv }: EndpointObjective): Summary {
  return { objective, score, probability, l1, tv };
}
