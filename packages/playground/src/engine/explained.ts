import type { HostArray } from '@igos/autograd';
import {
  createMaskProblem,
  type MaskProblem,
  type MaskSize,
  type OrderOptions,
  type ReplacementOrder,
  replacementOrder,
  type ScoreKind,
  scoreOfModel,
} from 'igos';
import { session } from './handlers/session.ts';
import type { Subject } from './subject.ts';

/** What a run was about and what it found: enough to be asked about when another picture is open. */
export interface Explained extends OrderOptions {
  readonly subject: Subject;
  readonly baseline: HostArray;
  readonly score: ScoreKind;
  readonly maskSize: MaskSize;
  readonly saliency: HostArray;
}

/** A run that is being asked about. */
interface Opened {
  readonly id: number;
  readonly problem: MaskProblem;
  readonly order: ReplacementOrder;
}

const runs = new Map<number, Explained>();
let opened: Opened | undefined;

/** Keeps a run under a number, and of those before the one that the page still shows. */
export function keepExplained(id: number, explained: Explained, shown: number | undefined): void {
  for (const other of runs.keys()) if (other !== shown) runs.delete(other);
  runs.set(id, explained);
}

/** The problem of a kept run, apart from those of the picture that is open, and its order of pixels; undefined for another. */
export function openExplained(id: number): (Opened & { readonly subject: Subject }) | undefined {
  const explained = runs.get(id);
  if (!explained) return undefined;
  const { backend } = session;
  if (opened?.id !== id || opened.problem.backend !== backend) {
    opened?.problem.dispose();
    const { subject, baseline, score, maskSize, saliency } = explained;
    const { model, target, image } = subject;
    const problem = createMaskProblem({
      score: scoreOfModel(model, { target, score }),
      probability: scoreOfModel(model, { target }),
      ...{ image, baseline, maskSize, backend },
    });
    opened = { id, problem, order: replacementOrder(problem, saliency, explained) };
  }
  return { ...opened, subject: explained.subject };
}
