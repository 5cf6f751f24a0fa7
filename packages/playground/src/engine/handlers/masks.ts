import type { HostArray } from '@igos/autograd';
import { maskedImage } from 'igos';
import type { RgbImage } from 'igos/pictures';
import type { UsedBaseline } from '../baseline-key.ts';
import { blurOfWidth } from '../blur-width.ts';
import type { CallContext } from '../remote.ts';
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
export async function masked(
  { mask, size, ...request }: MaskRequest,
  { signal }: CallContext<never>,
): Promise<MaskedView> {
  const { problem, subject } = session.problem(request);
  const image = maskedImage(problem, mask, size);
  const [values] = await problem.evaluate([image], { checkpoint: () => signal.throwIfAborted() });
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

/** What the mask takes away of each pixel, 0 to 1, `[h, w]`. */
export async function saliency({ mask, size, ...request }: MaskRequest): Promise<HostArray> {
  const { data, shape } = session.problem(request).problem.upsample(mask, size);
  return { data: Float32Array.from(data, (keep) => 1 - keep), shape };
}

export interface BaselineView extends MaskedView {
  readonly name: UsedBaseline;
}

/** What each baseline looks like, and what it leaves of the score; each is an update, too. */
export async function compareBaselines(
  { names, settings }: Omit<ProblemRequest, 'baseline'> & { readonly names: readonly UsedBaseline[] },
  { signal, update }: CallContext<BaselineView>,
): Promise<BaselineView[]> {
  const { subject } = session;
  const resolved = session.resolve(settings);
  const views: BaselineView[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const baseline = session.baseline(name, resolved);
    const view = { name, pixels: picture(subject, baseline), score: await session.score(baseline) };
    update(view);
    views.push(view);
  }
  return views;
}

/** What is left of the score under a blur. */
export interface BlurView {
  /** Pixels, odd. */
  readonly size: number;
  readonly score: number;
}

/** The score under blurs of these widths; each is an update, too. */
export async function compareBlurs(
  { sizes }: { readonly sizes: readonly number[] },
  { signal, update }: CallContext<BlurView>,
): Promise<BlurView[]> {
  const [height = 0, width = 0] = session.subject.image.shape;
  const views: BlurView[] = [];
  for (const size of sizes) {
    signal.throwIfAborted();
    const blurred = session.baseline('blur', { ...blurOfWidth(size, [height, width]), seed: 0 });
    const view = { size, score: await session.score(blurred) };
    update(view);
    views.push(view);
  }
  return views;
}
