import { type DeletionInsertion, deletionInsertion, explain, type Result, type Step } from 'igos';
import { explainOptionsOf } from 'igos/named';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { session } from './session.ts';

export interface RunView {
  readonly result: Result;
  readonly size: readonly [rows: number, columns: number];
  /** Of the optimization. */
  readonly seconds: number;
}

/** Explains; every step is an update. An aborted run answers with what it has. */
export async function run(request: ProblemRequest, { signal, update }: CallContext<Step>): Promise<RunView> {
  const { problem, settings } = session.problem(request);
  const steps = explain(problem, { ...explainOptionsOf(settings), signal });
  const start = performance.now();
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { result: value, size: problem.maskSize, seconds: (performance.now() - start) / 1000 };
    update(value);
  }
}

export interface MetricsRequest extends ProblemRequest {
  readonly saliency: Result['saliency'];
  readonly tieBreak?: ArrayLike<number>;
}

/** How fast the score falls when pixels go, and rises when they come, most salient first. */
export async function metrics(
  { saliency, tieBreak, ...request }: MetricsRequest,
  { signal }: CallContext<never>,
): Promise<DeletionInsertion> {
  const { problem, settings } = session.problem(request);
  return deletionInsertion(problem, saliency, { ...(tieBreak && { tieBreak }), seed: settings.seed, signal });
}

/** A point of the objective along a direction. */
export interface AlongView {
  readonly step: number;
  readonly objective: number;
  readonly score: number;
}

export interface AlongRequest extends ProblemRequest {
  readonly mask: ArrayLike<number>;
  readonly direction: ArrayLike<number>;
  readonly steps: readonly number[];
}

/** The objective at so many steps along the direction, the mask cut to [0, 1]. */
export async function along(
  { mask, direction, steps, ...request }: AlongRequest,
  { signal }: CallContext<never>,
): Promise<AlongView[]> {
  const { problem } = session.problem(request);
  const views: AlongView[] = [];
  for (const step of steps) {
    signal.throwIfAborted();
    const moved = Float64Array.from(mask, (value, i) => Math.min(1, Math.max(0, value - step * (direction[i] ?? 0))));
    const [at] = await problem.objective([moved]);
    if (at) views.push({ step, objective: at.objective, score: at.score });
  }
  return views;
}
