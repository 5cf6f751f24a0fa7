import type { ProblemRequest } from '../session.ts';
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
