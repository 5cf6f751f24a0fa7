import { type DeletionInsertion, deletionInsertion, maskedImage, type ReplacementOrder, replacementOrder } from 'igos';
import type { NamedSettings } from 'igos/named';
import type { RgbImage } from 'igos/pictures';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { picture } from '../subject.ts';
import { type RunView, run } from './run.ts';
import { session } from './session.ts';

/** A finished explanation with what is held against it. */
export interface JudgedRun extends RunView {
  readonly metrics: DeletionInsertion;
  /** What the metrics replaced, and when. */
  readonly replacement: ReplacementOrder;
  readonly pictures: { readonly image: RgbImage; readonly baseline: RgbImage; readonly masked: RgbImage };
}

export interface JudgeRequest extends Pick<ProblemRequest, 'baseline'> {
  /** One run for each. */
  readonly contestants: readonly NamedSettings[];
}

/** How far the contestants are. */
export interface JudgeUpdate {
  /** Which of them. */
  readonly index: number;
  /** Iterations so far. */
  readonly iterations: number;
  readonly judged?: JudgedRun;
}

/**
 * Explains the picture with each of the settings, one after the other, and plays deletion and insertion with the results,
 * which are updates.
 */
export async function judge(
  { baseline, contestants }: JudgeRequest,
  { signal, update }: CallContext<JudgeUpdate>,
): Promise<void> {
  for (const [index, settings] of contestants.entries()) {
    const onStep = (iterations: number) => update({ index, iterations });
    const judged = await judgeOne({ baseline, settings }, { signal, update: onStep });
    update({ index, iterations: judged.result.iterations, judged });
  }
}

async function judgeOne(request: ProblemRequest, { signal, update }: CallContext<number>): Promise<JudgedRun> {
  update(0);
  const view = await run(request, { signal, update: ({ k }) => update(k + 1) });
  const { problem, subject, settings, baseline } = session.problem(request);
  const { saliency, tieBreak, mask } = view.result;
  const options = { tieBreak, seed: settings.seed, signal };
  return {
    ...view,
    metrics: await deletionInsertion(problem, saliency, options),
    replacement: replacementOrder(problem, saliency, options),
    pictures: {
      image: picture(subject, problem.image),
      baseline: picture(subject, baseline),
      masked: picture(subject, maskedImage(problem, mask.data)),
    },
  };
}
