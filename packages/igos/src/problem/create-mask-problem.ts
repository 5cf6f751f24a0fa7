import { checkCells } from '../mask.ts';
import type { Path } from '../path-rules/path.ts';
import { upsample } from './bilinear.ts';
import type { MaskProblem } from './mask-problem.ts';
import { makeNetwork } from './network.ts';
import { withPenalty } from './objective.ts';
import { makePenalties } from './penalties.ts';
import { type ProblemOptions, resolveProblem } from './problem-options.ts';

const onePoint: Path = { nodes: Float64Array.of(1), weights: Float64Array.of(1) };

/**
 * Binds a score, an image and a baseline to programs. Nothing is compiled before it is needed.
 *
 * @throws OptionError for a value out of range, a mask larger than the image, or a baseline of another shape
 * @throws NotFiniteError for an image or baseline with NaN or infinite values
 */
export function createMaskProblem(options: ProblemOptions): MaskProblem {
  const problem = resolveProblem(options);
  const { path, imageSize, maskSize, weights: ownWeights } = problem;
  const network = makeNetwork(problem);
  const penalties = makePenalties(problem);
  const penaltiesOf = (mask: ArrayLike<number>, weights = ownWeights) => penalties.values(mask, weights);

  return {
    ...problem,
    get counts() {
      return { ...network.counts };
    },
    pathGradient: (mask, options) => network.path({ mask, path, gradient: true }, options),
    pathScore: async (mask, options) => {
      const { scores, average } = await network.path({ mask, path, gradient: false }, options);
      return { scores, average };
    },
    gradient: (mask, options) => network.path({ mask, path: onePoint, gradient: true }, options),
    objective: async (masks, options) => {
      const values = await network.masks(masks, options);
      return Promise.all(
        values.map(async (value, i) => withPenalty(value, await penaltiesOf(masks[i]!, options?.weights))),
      );
    },
    pathObjective: async (mask, options) => {
      const { average: score } = await network.path({ mask, path, gradient: false }, options);
      return withPenalty({ score }, await penaltiesOf(mask, options?.weights));
    },
    penalties: penaltiesOf,
    penaltyGradient: (mask, weights = ownWeights) => penalties.gradient(mask, weights),
    evaluate: network.images,
    imageGradient: network.imageGradient,
    upsample: (mask, size = maskSize) => {
      checkCells('a mask', mask, size);
      return { data: upsample(mask, { ...problem, maskSize: size }), shape: imageSize };
    },
    dispose: () => {
      network.dispose();
      penalties.dispose();
    },
  };
}
