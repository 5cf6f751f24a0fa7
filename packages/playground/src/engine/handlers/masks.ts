import type { HostArray } from '@igos/autograd';
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

/** What the mask takes away of each pixel, 0 to 1, `[h, w]`. */
export async function saliency({ mask, size, ...request }: MaskRequest): Promise<HostArray> {
  const { data, shape } = session.problem(request).problem.upsample(mask, size);
  return { data: Float32Array.from(data, (keep) => 1 - keep), shape };
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
