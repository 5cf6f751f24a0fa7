import type { HostArray } from '@igos/autograd';
import { checkFinite } from '../checks.ts';
import type { Path } from '../path-rules/path.ts';
import { batchedRuns } from './batched-runs.ts';
import { loopedRuns } from './looped-runs.ts';
import type { Counts, EvaluationOptions, ImageValues, PathGradient } from './mask-problem.ts';
import { groupsOf, sumGroups } from './path-sums.ts';
import type { ResolvedProblem } from './problem-options.ts';
import { makePrograms } from './programs.ts';
import type { Admit, Named } from './runs.ts';

interface PathRun {
  readonly mask: ArrayLike<number>;
  readonly path: Path;
  /** Whether the gradient is wanted; without it, `gradient` of the result is empty. */
  readonly gradient: boolean;
}

/** Everything that runs the network: counts, and a check that what comes back is finite. */
export interface NetworkRuns {
  readonly counts: Counts;
  path(run: PathRun, options: EvaluationOptions): Promise<PathGradient>;
  masks(masks: readonly ArrayLike<number>[], options: EvaluationOptions): Promise<ImageValues>;
  images(images: readonly HostArray[], options: EvaluationOptions): Promise<ImageValues>;
  imageGradients(
    images: readonly HostArray[],
    options: EvaluationOptions,
  ): Promise<{ scores: Float64Array; gradients: HostArray[] }>;
  dispose(): void;
}

export function makeNetworkRuns(problem: ResolvedProblem): NetworkRuns {
  const { image } = problem;
  const [rows, columns] = problem.maskSize;
  const programs = makePrograms({ ...problem, sumEarly: problem.savings.sumEarly });
  const runs = problem.backend.loops ? loopedRuns(problem, programs) : batchedRuns(problem, programs);
  const counts = { forward: 0, gradient: 0 };
  const admitting =
    ({ checkpoint }: EvaluationOptions, withGradient = false): Admit =>
    (n) => {
      checkpoint?.();
      counts.forward += n;
      if (withGradient) counts.gradient += n;
    };
  return {
    counts,
    path: async ({ mask, path, gradient }, options) => {
      const groups = groupsOf(path);
      const results = await runs.groups({ mask, groups, gradient, noise: options.noise }, admitting(options, gradient));
      for (const result of results) {
        checkFinite('score', result.scores);
        if (result.gradient) checkFinite('gradient of the score', result.gradient);
      }
      return sumGroups(path, results, gradient ? rows * columns : 0);
    },
    masks: async (masks, options) => imageValues(await runs.masks(masks, admitting(options)), masks.length),
    images: async (images, options) => imageValues(await runs.images(images, admitting(options)), images.length),
    imageGradients: async (images, options) => {
      const results = await runs.imageGradients(images, admitting(options, true));
      const scores = joined(results, 'score', images.length);
      const slopes = results.flatMap(({ gradient }) => splitImages(gradient!));
      for (const slope of slopes) checkFinite('gradient of the score', slope);
      return { scores, gradients: slopes.map((data) => ({ data, shape: image.shape })) };
    },
    dispose: () => programs.dispose(),
  };
}

function imageValues(results: readonly Named[], count: number): ImageValues {
  const scores = joined(results, 'score', count);
  const hasProbability = results.every(({ probability }) => probability !== undefined);
  return { scores, probabilities: hasProbability ? joined(results, 'probability', count) : scores.slice() };
}

/** One value an image, from all runs in turn. */
function joined(results: readonly Named[], quantity: 'score' | 'probability', count: number): Float64Array {
  const values = new Float64Array(count);
  let at = 0;
  for (const result of results) {
    const { data } = result[quantity]!;
    checkFinite(quantity, data);
    values.set(data, at);
    at += data.length;
  }
  return values;
}

/** `[n, …]` -> the values of each image. */
function splitImages({ data, shape }: HostArray): HostArray['data'][] {
  const size = data.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, i) => data.slice(i * size, (i + 1) * size));
}
