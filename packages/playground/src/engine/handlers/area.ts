import { type AreaImage, areaScore } from 'igos';
import type { RgbImage } from 'igos/pictures';
import { openExplained } from '../explained.ts';
import { FailureError } from '../failure.ts';
import type { CallContext } from '../remote.ts';
import { picture, type Subject } from '../subject.ts';

export interface AreaRequest {
  /** Number of the run. */
  readonly id: number;
  /** Of deletion and insertion, 0 to 50. */
  readonly step: number;
}

export interface AreaPart {
  readonly pixels: RgbImage;
  readonly score: number;
  readonly probability: number;
}

/** The most salient pixels of a run, and what the network says of them. */
export interface AreaView {
  readonly step: number;
  /** They alone, on the baseline, and the picture without them. */
  readonly kept: AreaPart;
  readonly removed: AreaPart;
}

/** What a share of the pixels does to the score of a finished run, whatever picture is open by now. */
export async function area({ id, step }: AreaRequest, { signal }: CallContext<never>): Promise<AreaView> {
  await nextRequest(); // a slider asks faster than a large network answers: only the last is worth it
  signal.throwIfAborted();
  const explained = openExplained(id);
  if (!explained) throw new FailureError({ what: 'run-gone' });
  const { subject, problem, order } = explained;
  const { kept, removed } = await areaScore(problem, order, step);
  return { step, kept: partOf(kept, subject), removed: partOf(removed, subject) };
}

function partOf({ image, score, probability }: AreaImage, subject: Subject): AreaPart {
  return { pixels: picture(subject, image), score, probability };
}

function nextRequest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
