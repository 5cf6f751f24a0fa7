import type { HostArray } from '@igos/autograd';
import {
  createMaskProblem,
  type MaskSize,
  type OrderOptions,
  replacementOrder,
  type ScoreKind,
  scoreOfModel,
} from 'igos';
import { lasting } from './lasting.ts';
import type { Subject } from './subject.ts';

/** What a run was about and what it found: enough to be asked about when another picture is open. */
export interface Explained extends OrderOptions {
  readonly subject: Subject;
  readonly baseline: HostArray;
  readonly score: ScoreKind;
  readonly maskSize: MaskSize;
  readonly saliency: HostArray;
}

const runs = new Map<number, Explained>();

/** Keeps a run under a number, and of those before the one that the page still shows. */
export function keepExplained(id: number, explained: Explained, shown: number | undefined): void {
  for (const other of runs.keys()) if (other !== shown) runs.delete(other);
  runs.set(id, explained);
}

/** A kept run to be asked about; undefined for one that is no longer kept. */
export function openExplained(id: number): ReturnType<typeof openRun> | undefined {
  const explained = runs.get(id);
  return explained && openRun(explained);
}

/** Its problem, apart from those of the picture that is open, and its order of pixels. */
const openRun = lasting((explained: Explained, backend) => {
  const { subject, baseline, score, maskSize, saliency } = explained;
  const { model, target, image } = subject;
  const problem = createMaskProblem({
    score: scoreOfModel(model, { target, score }),
    probability: scoreOfModel(model, { target }),
    ...{ image, baseline, maskSize, backend },
  });
  return { subject, problem, order: replacementOrder(problem, saliency, explained) };
});
