import { maskedImage } from 'igos';
import type { BaselineName } from 'igos/named';
import type { RgbImage } from 'igos/pictures';
import type { ProblemRequest } from '../session.ts';
import { picture } from '../subject.ts';
import { session } from './session.ts';

export interface MaskRequest extends ProblemRequest {
  /** Keep mask `[rows, columns]` of any size up to the image's, row-major. */
  readonly mask: ArrayLike<number>;
  readonly size: readonly [rows: number, columns: number];
}

export interface MaskedView {
  readonly pixels: RgbImage;
  /** Of the target. */
  readonly score: number;
}

/** The masked picture and its score. */
export async function masked({ mask, size, ...request }: MaskRequest): Promise<MaskedView> {
  const { problem, subject } = session.problem(request);
  const image = maskedImage(problem, mask, size);
  const [values] = await problem.evaluate([image]);
  return { pixels: picture(subject, image), score: values?.score ?? Number.NaN };
}

/** What the objective is made of, before the weights. */
export interface TermsView extends MaskedView {
  /** mean |1 − m|, the share that is hidden. */
  readonly l1: number;
  /** Total variation. */
  readonly tv: number;
}

/** The masked picture with all that the objective weighs; the mask has the size of the problem's. */
export async function terms({ mask, ...request }: Omit<MaskRequest, 'size'>): Promise<TermsView> {
  const { problem, subject } = session.problem(request);
  const [values] = await problem.objective([mask]);
  const { score, l1, tv } = values ?? { score: Number.NaN, l1: Number.NaN, tv: Number.NaN };
  return { pixels: picture(subject, maskedImage(problem, mask)), score, l1, tv };
}

export interface BaselineView extends MaskedView {
  readonly name: BaselineName;
}

/** What each baseline looks like, and what it leaves of the score. */
export async function compareBaselines({
  names,
  settings,
}: Omit<ProblemRequest, 'baseline'> & { readonly names: readonly BaselineName[] }): Promise<BaselineView[]> {
  const views: BaselineView[] = [];
  for (const name of names) {
    const { problem, baseline, subject } = session.problem({ baseline: name, settings });
    const [values] = await problem.evaluate([baseline]);
    views.push({ name, pixels: picture(subject, baseline), score: values?.score ?? Number.NaN });
  }
  return views;
}
