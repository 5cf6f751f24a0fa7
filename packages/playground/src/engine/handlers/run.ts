import {
  type DeletionInsertion,
  deletionInsertion,
  explain,
  type ObjectiveOptions,
  type Result,
  type Step,
} from 'igos';
import { explainOptionsOf } from 'igos/named';
import { moved } from '../moved.ts';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { asRun } from '../under-way.ts';
import { session } from './session.ts';

export interface RunView {
  readonly result: Result;
  readonly size: readonly [rows: number, columns: number];
  /** Of the optimization. */
  readonly seconds: number;
}

export interface RunRequest extends ProblemRequest {
  /** Values of the mask to begin with, of the problem's size; one that keeps everything unless given. */
  readonly initMask?: ArrayLike<number> | undefined;
}

/** A step, and when it was done. */
export interface TimedStep extends Step {
  /** Of the mask. */
  readonly size: RunView['size'];
  /** Since the run began. */
  readonly seconds: number;
}

/** Explains; every step is an update. An aborted run answers with what it has. */
export function run(request: RunRequest, context: CallContext<TimedStep>): Promise<RunView> {
  return asRun(() => runSteps(request, context));
}

async function runSteps(
  { initMask, ...request }: RunRequest,
  { signal, update }: CallContext<TimedStep>,
): Promise<RunView> {
  const { problem, settings } = session.problem(request, { counted: true });
  const steps = explain(problem, { ...explainOptionsOf(settings), initMask, signal });
  const start = performance.now();
  for (;;) {
    const { done, value } = await steps.next();
    const seconds = (performance.now() - start) / 1000;
    if (done) return { result: value, size: problem.maskSize, seconds };
    update({ ...value, size: problem.maskSize, seconds });
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
}

export interface AlongRequest extends ProblemRequest {
  readonly mask: ArrayLike<number>;
  readonly direction: ArrayLike<number>;
  readonly steps: readonly number[];
  /** Those in force; the problem's own unless given. */
  readonly weights?: NonNullable<ObjectiveOptions['weights']>;
  /** To take the path average, with the noise of this iteration (from 0), in place of the score of the masked picture. */
  readonly pathOf?: number | undefined;
}

/** The objective at so many steps along the direction, the mask cut to [0, 1]; each is an update, too. */
export async function along(
  { mask, direction, steps, weights, pathOf, ...request }: AlongRequest,
  { signal, update }: CallContext<AlongView>,
): Promise<AlongView[]> {
  const { problem, settings } = session.problem(request);
  const { sigma, seed } = settings;
  const checkpoint = () => signal.throwIfAborted();
  const options = { checkpoint, ...(weights && { weights }) };
  const noise = pathOf !== undefined && sigma > 0 ? { sigma, seed, iteration: pathOf } : undefined;
  const views: AlongView[] = [];
  for (const step of steps) {
    checkpoint();
    const candidate = moved(mask, direction, step);
    const at =
      pathOf === undefined
        ? (await problem.objective([candidate], options))[0]
        : await problem.pathObjective(candidate, { ...options, noise });
    if (!at) continue;
    const view = { step, objective: at.objective };
    views.push(view);
    update(view);
  }
  return views;
}
