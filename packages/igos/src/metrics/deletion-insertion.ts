import type { HostArray } from '@igos/autograd';
import { makeCheckpoint, type StopSignal } from '../interruption.ts';
import type { MaskProblem } from '../problem/mask-problem.ts';
import { areaUnder, meanCurve } from './curve.ts';
import type { Ties } from './ranking.ts';
import { replacePixels } from './replace-pixels.ts';
import { type OrderOptions, replacementOrders } from './replacement-order.ts';

export interface MetricOptions extends OrderOptions {
  /** Orders that ties at random are averaged over; default 5. */
  readonly orders?: number;
  readonly signal?: StopSignal | undefined;
}

export interface Curve {
  /** Probability after 0, 1, …, `steps` steps. */
  readonly curve: Float64Array;
  /** Area under the curve over [0, 1]. */
  readonly auc: number;
  /** (auc − f(B)) / (f(I) − f(B)); absent where image and baseline differ by no more than 0.05. */
  readonly normalizedAuc?: number;
}

/** Areas are comparable only between results with the same mode, steps, ties and baseline. */
export interface DeletionInsertion {
  /** Whole pixels are replaced by the baseline's. */
  readonly mode: 'pixels';
  readonly steps: number;
  readonly ties: Ties;
  /** Share of the pixels that the last step has replaced: all of them. */
  readonly covered: 1;
  /** From the image to the baseline, most salient pixels first; lower is better. */
  readonly deletion: Curve;
  /** From the baseline to the image, most salient pixels first; higher is better. */
  readonly insertion: Curve;
}

/** Smallest difference between image and baseline that areas are divided by. */
const smallestRange = 0.05;

/**
 * Deletion and insertion of a saliency map, scored by the problem's probability. The class stays that of the problem,
 * whatever the network prefers on the way.
 *
 * @param saliency  `[h, w]` of the problem's image, larger is more important
 * @throws OptionError for a map of another size
 * @throws Interruption when the signal aborts
 */
export async function deletionInsertion(
  problem: MaskProblem,
  saliency: HostArray,
  options: MetricOptions = {},
): Promise<DeletionInsertion> {
  const { orders = 5, signal } = options;
  const replacements = replacementOrders(problem, saliency, { ...options, orders });
  const [{ cuts, ties }] = replacements;
  const steps = cuts.length - 1;
  // A few images at a time, which are used again: all of them at once would take steps times the memory of one.
  const { image } = problem;
  const images = Array.from({ length: Math.min(imagesAtOnce, cuts.length) }, () => {
    return { data: image.data.slice(), shape: image.shape };
  });
  const curveOf = async (from: HostArray, to: HostArray) => {
    const curves: Float64Array[] = [];
    for (const { order } of replacements) {
      curves.push(await replaceInOrder(problem, { from, to, order, cuts, images, signal }));
    }
    return meanCurve(curves);
  };
  const deletion = await curveOf(problem.image, problem.baseline);
  const insertion = await curveOf(problem.baseline, problem.image);
  const [high, low] = [deletion[0]!, deletion[steps]!];
  const summarize = (curve: Float64Array): Curve => {
    const auc = areaUnder(curve);
    return { curve, auc, ...(high - low > smallestRange && { normalizedAuc: (auc - low) / (high - low) }) };
  };
  return {
    ...{ mode: 'pixels', steps, ties, covered: 1 },
    ...{ deletion: summarize(deletion), insertion: summarize(insertion) },
  };
}

interface Replacement {
  readonly from: HostArray;
  readonly to: HostArray;
  readonly order: Uint32Array;
  readonly cuts: readonly number[];
  /** Room for the images of a run. */
  readonly images: readonly HostArray[];
  readonly signal: StopSignal | undefined;
}

/** Enough for the threads of most machines. */
const imagesAtOnce = 10;

/** Probability of the target while the pixels of one image give way to those of the other. */
async function replaceInOrder(problem: MaskProblem, replacement: Replacement): Promise<Float64Array> {
  const { from, to, order, cuts, images, signal } = replacement;
  const data = from.data.slice();
  let replaced = 0;
  const replaceUpTo = (cut: number) => {
    replacePixels(data, to, { order, from: replaced, until: cut });
    replaced = cut;
    return data;
  };
  const checkpoint = makeCheckpoint({ signal });
  const probabilities: number[] = [];
  for (let first = 0; first < cuts.length; first += images.length) {
    const group = images.slice(0, cuts.length - first);
    for (const [i, image] of group.entries()) image.data.set(replaceUpTo(cuts[first + i]!));
    const values = await problem.evaluate(group, { checkpoint });
    probabilities.push(...values.map(({ probability }) => probability));
  }
  return Float64Array.from(probabilities);
}
