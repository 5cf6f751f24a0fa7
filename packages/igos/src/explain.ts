import { checkFunction } from './checks.ts';
import type { Float32HostArray } from './float32-array.ts';
import { makeCheckpoint } from './interruption.ts';
import { igos } from './methods/igos.ts';
import type { Method, RunFacts, Step } from './methods/method.ts';
import { type ExplainOptions, resolveOptions } from './options.ts';
import { evaluationsOf, type MaskProblem } from './problem/mask-problem.ts';
import type { EndpointObjective, ImageValues } from './problem/objective.ts';
import { roundSaliency } from './saliency.ts';
import { findWarnings, type Warning } from './warnings.ts';

export interface Result extends RunFacts {
  /** Keep mask `[rows, columns]`: 1 keeps the pixel, 0 replaces it by the baseline. */
  readonly mask: Float32HostArray;
  /** `[h, w]`, larger is more important, rounded to 6 decimals. For masks: 1 minus the upsampled mask. */
  readonly saliency: Float32HostArray;
  readonly image: ImageValues;
  readonly baseline: ImageValues;
  /** At `mask`; `area` is mean(1 − m), the share that is removed. */
  readonly final: EndpointObjective & { readonly area: number };
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
  const before = evaluationsOf(problem);
  const [image, baseline] = (await problem.evaluate([problem.image, problem.baseline])) as [ImageValues, ImageValues];
  const result = yield* method({ problem, options: resolved, checkpoint });
  const { mask, saliency, final } = result;
  return {
    ...{ ...result, image, baseline, final: { ...final, area: final.l1 } },
    mask: { data: mask, shape: problem.maskSize },
    saliency: { data: roundSaliency(saliency), shape: problem.imageSize },
    evaluations: evaluationsOf(problem) - before,
    warnings: findWarnings(result, { image: image.probability, baseline: baseline.probability }),
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
