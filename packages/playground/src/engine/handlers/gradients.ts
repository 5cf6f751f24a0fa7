import { type MaskProblem, maskedImage } from 'igos';
import type { RgbImage } from 'igos/pictures';
import type { CallContext } from '../remote.ts';
import type { ProblemRequest } from '../session.ts';
import { picture } from '../subject.ts';
import type { MaskRequest } from './masks.ts';
import { session } from './session.ts';

/** One number a pixel, `[h, w]`. */
export interface PixelMap {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

export interface ImageGradientView {
  readonly score: number;
  /** Of the score by each pixel: the largest of the channels' sizes. */
  readonly map: PixelMap;
}

/** The gradient of the score at the picture itself. */
export async function imageGradient(request: ProblemRequest): Promise<ImageGradientView> {
  const { problem } = session.problem(request);
  const { score, gradient } = await problem.imageGradient(problem.image);
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

export async function maskGradient({ mask, ...request }: Omit<MaskRequest, 'size'>): Promise<MaskGradientView> {
  const { problem } = session.problem(request);
  const { average, gradient } = await problem.gradient(mask);
  return { score: average, gradient, size: problem.maskSize };
}

/** One point of the path. */
export interface PathPointView {
  readonly index: number;
  /** The mask is scaled by this. */
  readonly fraction: number;
  readonly pixels: RgbImage;
  readonly score: number;
  /** Gradient of the score by the cells of the whole mask, this point's share of the path's. */
  readonly gradient: Float64Array;
}

export interface PathView {
  readonly average: number;
  readonly gradient: Float64Array;
  readonly size: readonly [rows: number, columns: number];
}

/** The points of the path one after the other, and their sum. */
export async function pathGradient(
  { mask, ...request }: Omit<MaskRequest, 'size'>,
  { signal, update }: CallContext<PathPointView>,
): Promise<PathView> {
  const { problem, subject } = session.problem(request);
  const { nodes, weights } = problem.path;
  for (const [index, fraction] of Array.from(nodes).entries()) {
    signal.throwIfAborted();
    const scaled = Float64Array.from(mask, (value) => value * fraction);
    const { average, gradient } = await problem.gradient(scaled);
    const share = fraction * (weights[index] ?? 0); // the chain rule through the scaled mask
    update({
      ...{ index, fraction, score: average },
      pixels: picture(subject, maskedImage(problem, scaled)),
      gradient: gradient.map((value) => value * share),
    });
  }
  const { average, gradient } = await problem.pathGradient(mask, { checkpoint: () => signal.throwIfAborted() });
  return { average, gradient, size: sizeOf(problem) };
}

function sizeOf({ maskSize }: MaskProblem): readonly [number, number] {
  return maskSize;
}
