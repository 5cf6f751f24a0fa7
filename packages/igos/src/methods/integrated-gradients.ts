import type { HostArray } from '@igos/autograd';
import { midpoint } from '../path-rules/evenly.ts';
import { overChannels, resultOfAttributions } from './attribution.ts';
import type { Completeness, Method, MethodContext } from './method.ts';

const points = 50;

/**
 * Integrated gradients of the image (Sundararajan, Taly and Yan 2017): (I − B) times the mean gradient at 50 midpoints of
 * the straight line from the baseline to the image, summed over channels.
 */
export const integratedGradients: Method = async function* (context) {
  const { image, baseline } = context.problem;
  const slope = await meanGradient(context);
  const parts = slope.map((value, i) => value * (image.data[i]! - baseline.data[i]!));
  const attributions = overChannels(parts, image.shape[2]!, (sum, value) => sum + value);
  return resultOfAttributions(context, attributions, await completenessOf(context, attributions));
};

async function meanGradient({ problem, checkpoint }: MethodContext): Promise<Float64Array> {
  const { image, baseline } = problem;
  const { nodes, weights } = midpoint(points);
  const sum = new Float64Array(image.data.length);
  for (const [i, node] of nodes.entries()) {
    const { gradient } = await problem.imageGradient(between(baseline, image, node), { checkpoint });
    const { data } = gradient;
    for (let at = 0; at < sum.length; at++) sum[at]! += weights[i]! * data[at]!;
  }
  return sum;
}

function between(baseline: HostArray, image: HostArray, share: number): HostArray {
  const data = Float64Array.from(image.data, (value, i) => share * value + (1 - share) * baseline.data[i]!);
  return { data, shape: image.shape };
}

async function completenessOf({ problem }: MethodContext, attributions: Float64Array): Promise<Completeness> {
  const [atImage, atBaseline] = await problem.evaluate([problem.image, problem.baseline]);
  const sum = attributions.reduce((total, value) => total + value, 0);
  const expected = atImage!.score - atBaseline!.score;
  const error = Math.abs(sum - expected);
  return { sum, expected, relativeError: error === 0 ? 0 : error / Math.abs(expected) };
}
