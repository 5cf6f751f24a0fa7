import type { HostArray } from '@igos/autograd';
import { OptionError } from '../errors.ts';
import type { MaskProblem } from '../problem/mask-problem.ts';
import type { ImageValues } from '../problem/objective.ts';
import { replacePixels } from './replace-pixels.ts';
import type { ReplacementOrder } from './replacement-order.ts';

/** An image of deletion or insertion, and what the network says of it. */
export interface AreaImage extends ImageValues {
  /** `[h, w, c]` */
  readonly image: HostArray;
}

export interface AreaScore {
  /** How many pixels are meant: the most salient. */
  readonly pixels: number;
  /** Their share of all pixels. */
  readonly share: number;
  /** They alone, on the baseline: insertion after this step. */
  readonly kept: AreaImage;
  /** The image without them: deletion after this step. */
  readonly removed: AreaImage;
}

/**
 * What the most salient pixels do to the score, alone and by their absence: one step of `deletionInsertion`, with its
 * images. Ranking and number of pixels are those of the metrics.
 *
 * ```ts
 * const order = replacementOrder(problem, saliency, { tieBreak });
 * const { kept, removed } = await areaScore(problem, order, 5); // a tenth of the pixels, with 50 steps
 * ```
 *
 * @param step  of the order, 0 to `order.cuts.length - 1`
 * @throws OptionError for a step that the order does not have
 */
export async function areaScore(
  problem: MaskProblem,
  { order, cuts }: ReplacementOrder,
  step: number,
): Promise<AreaScore> {
  const pixels = cuts[step];
  if (pixels === undefined) {
    throw new OptionError(`step must be an integer from 0 to ${cuts.length - 1}, got ${step}`);
  }
  const replaced = (from: HostArray, to: HostArray): HostArray => {
    const data = from.data.slice();
    replacePixels(data, to, { order, until: pixels });
    return { data, shape: from.shape };
  };
  const { image, baseline } = problem;
  const images = [replaced(baseline, image), replaced(image, baseline)] as const;
  const [kept, removed] = (await problem.evaluate(images)) as [ImageValues, ImageValues];
  return {
    ...{ pixels, share: pixels / order.length },
    kept: { ...kept, image: images[0] },
    removed: { ...removed, image: images[1] },
  };
}
