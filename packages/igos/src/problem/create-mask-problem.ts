import type { HostArray } from '@igos/autograd';
import { OptionError } from '../errors.ts';
import type { Float32HostArray } from '../float32-array.ts';
import type { MaskSize } from '../mask.ts';
import type { Path } from '../path-rules/path.ts';
import { type Bilinear, bilinear } from './bilinear.ts';
import type { MaskProblem } from './mask-problem.ts';
import { makeNetworkRuns } from './network-runs.ts';
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
  const { image, baseline, imageSize, maskSize, path, weights: defaultWeights } = problem;
  const resampler = (size: MaskSize): Bilinear => bilinear(size, imageSize, problem.upsampling);
  const own = resampler(maskSize);
  const penalties = makePenalties(problem);
  const network = makeNetworkRuns(problem);

  const upsample: MaskProblem['upsample'] = (mask, size = maskSize) => {
    checkCells(mask, size);
    const same = size[0] === maskSize[0] && size[1] === maskSize[1];
    return { data: (same ? own : resampler(size)).up(mask), shape: imageSize };
  };

  const evaluate: MaskProblem['evaluate'] = async (images, options = {}) => {
    checkImages(images, image);
    return network.images(images, options);
  };

  return {
    ...{ image, baseline, imageSize, maskSize, path, weights: defaultWeights },
    backend: problem.backend.name,
    precision: problem.backend.precision,
    savings: problem.savings,
    candidatesAtOnce: !problem.backend.loops && problem.savings.batchCandidates ? problem.batch : 1,
    get counts() {
      return { ...network.counts };
    },
    pathGradient: (mask, options = {}) => network.path({ mask, path, gradient: true }, options),
    pathScore: async (mask, options = {}) => {
      const { scores, average } = await network.path({ mask, path, gradient: false }, options);
      return { scores, average };
    },
    gradient: (mask, options = {}) => network.path({ mask, path: onePoint, gradient: true }, options),
    objective: async (masks, options = {}) => {
      const { scores, probabilities } = await network.masks(masks, options);
      return Promise.all(
        masks.map(async (mask, i) => {
          const { l1, tv, total: penalty } = await penalties.values(mask, options.weights ?? defaultWeights);
          const score = scores[i]!;
          return { score, probability: probabilities[i]!, l1, tv, penalty, total: score + penalty };
        }),
      );
    },
    pathObjective: async (mask, options = {}) => {
      const { average: score } = await network.path({ mask, path, gradient: false }, options);
      const { l1, tv, total: penalty } = await penalties.values(mask, options.weights ?? defaultWeights);
      return { score, l1, tv, penalty, total: score + penalty };
    },
    penalties: (mask, weights = defaultWeights) => penalties.values(mask, weights),
    penaltyGradient: (mask, weights = defaultWeights) => penalties.gradient(mask, weights),
    evaluate,
    score: async (images, options) => (await evaluate(images, options)).scores,
    imageGradient: async (images, options = {}) => {
      checkImages(images, image);
      return network.imageGradients(images, options);
    },
    maskedImage: (mask, size) => blend(image, baseline, upsample(mask, size).data),
    upsample,
    cellAverages: (pixels) => {
      const sums = own.transpose(pixels);
      const shares = own.transpose(new Float64Array(pixels.length).fill(1));
      return sums.map((sum, i) => sum / shares[i]!);
    },
    dispose: () => {
      network.dispose();
      penalties.dispose();
    },
  };
}

/** keep·I + (1 − keep)·B with one keep value a pixel, rounded to float32 once. */
function blend(image: HostArray, baseline: HostArray, keep: ArrayLike<number>): Float32HostArray {
  const channels = image.data.length / keep.length;
  const data = Float32Array.from(image.data, (value, i) => {
    const share = keep[Math.floor(i / channels)]!;
    return share * value + (1 - share) * baseline.data[i]!;
  });
  return { data, shape: image.shape };
}

function checkCells({ length }: ArrayLike<number>, [rows, columns]: MaskSize): void {
  if (length === rows * columns) return;
  throw new OptionError(`a mask of ${rows}x${columns} needs ${rows * columns} values, got ${length}`);
}

function checkImages(images: readonly HostArray[], { shape: wanted }: HostArray): void {
  for (const { shape } of images) {
    if (shape.join() === wanted.join()) continue;
    throw new OptionError(`an image needs shape [${wanted.join(', ')}], got [${shape.join(', ')}]`);
  }
}
