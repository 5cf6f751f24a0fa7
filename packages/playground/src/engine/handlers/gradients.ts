import { maskedImage } from 'igos';
import { largestSize } from '../../draw/maps.ts';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import type { MaskRequest } from './masks.ts';
import { session } from './session.ts';

/** One number a pixel, `[h, w]`. */
interface PixelMap {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

export interface ImageGradientView {
  readonly score: number;
  /** Of the score by each pixel: the largest of the channels' sizes. */
  readonly map: PixelMap;
}

/** The gradient of the score at the masked picture. */
export async function imageGradient(
  { mask, size, ...request }: MaskRequest,
  { signal }: CallContext<never>,
): Promise<ImageGradientView> {
  const { problem } = session.problem(request);
  const checkpoint = () => signal.throwIfAborted();
  const { score, gradient } = await problem.imageGradient(maskedImage(problem, mask, size), { checkpoint });
  const [height = 0, width = 0, channels = 1] = gradient.shape;
  const data = new Float64Array(height * width);
  for (const [i, value] of gradient.data.entries()) {
    const pixel = Math.floor(i / channels);
    data[pixel] = Math.max(data[pixel] ?? 0, Math.abs(value));
  }
  return { score, map: { data, shape: [height, width] } };
}

/** A mask of the problem's own size and the gradient of the score by its cells. */
export interface MaskGradientView {
  readonly score: number;
  readonly gradient: Float64Array;
  readonly size: readonly [rows: number, columns: number];
}

export async function maskGradient(
  { mask, ...request }: Omit<MaskRequest, 'size'>,
  { signal }: CallContext<never>,
): Promise<MaskGradientView> {
  const { problem } = session.problem(request);
  const { average, gradient } = await problem.gradient(mask, { checkpoint: () => signal.throwIfAborted() });
  return { score: average, gradient, size: problem.maskSize };
}

/** The picture mixed into the baseline, every pixel by the same share. */
export interface MixtureView {
  /** Of the picture, 0 to 1. */
  readonly fraction: number;
  readonly score: number;
  /** The largest size of the gradient by a cell of the mask, and by a pixel. */
  readonly largest: number;
  readonly largestOfPixels: number;
}

export interface MixturesRequest extends ProblemRequest {
  readonly fractions: readonly number[];
}

/** How the score rises on the straight way from baseline to picture; each mixture is an update, too. */
export async function mixtures(
  { fractions, ...request }: MixturesRequest,
  { signal, update }: CallContext<MixtureView>,
): Promise<MixtureView[]> {
  const { problem } = session.problem(request);
  const [rows, columns] = problem.maskSize;
  const views: MixtureView[] = [];
  for (const fraction of fractions) {
    signal.throwIfAborted();
    const mask = new Float64Array(rows * columns).fill(fraction);
    const { average: score, gradient } = await problem.gradient(mask);
    const byPixels = await problem.imageGradient(maskedImage(problem, mask));
    const largestOfPixels = largestSize(byPixels.gradient.data);
    const view = { fraction, score, largest: largestSize(gradient), largestOfPixels };
    update(view);
    views.push(view);
  }
  return views;
}
