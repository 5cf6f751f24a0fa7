import type { HostArray } from '@igos/autograd';
import type { Checkpoint } from '../interruption.ts';
import type { MaskSize } from '../mask.ts';
import type { NoiseDraw } from '../noise.ts';
import type { Weights } from '../regularizers/regularizer.ts';
import type { EndpointObjective, ImageValues, Objective, PenaltyValues } from './objective.ts';
import type { ResolvedProblem } from './problem-options.ts';

/** Network evaluations so far, in images: `forward` counts every forward pass, `gradient` every backward pass. */
export interface Counts {
  readonly forward: number;
  readonly gradient: number;
}

/** Forward and backward passes so far, together. */
export function evaluationsOf({ counts }: { readonly counts: Counts }): number {
  return counts.forward + counts.gradient;
}

export interface EvaluationOptions {
  /** Noise to add to every image of a path; the same draw gives the same noise. */
  readonly noise?: NoiseDraw | undefined;
  /** Called before every run of the network; may throw to stop. */
  readonly checkpoint?: Checkpoint | undefined;
}

export interface ObjectiveOptions extends EvaluationOptions {
  /** Weights of the regularizers; default: those of the problem. */
  readonly weights?: Weights;
}

export interface PathScore {
  /** Score at every point of the path. */
  readonly scores: Float64Array;
  /** Their weighted mean, J. */
  readonly average: number;
}

export interface PathGradient extends PathScore {
  /** dJ/dm, one value a cell; the regularizers are not in it. */
  readonly gradient: Float64Array;
}

export interface ImageGradient {
  readonly score: number;
  /** Derivative of the score at every value of the image, `[h, w, c]`. */
  readonly gradient: HostArray;
}

/**
 * One image, one baseline, one score: everything a method asks about masks. Masks are row-major keep masks. The settings
 * are those that it was made with, and the defaults.
 */
export interface MaskProblem extends ResolvedProblem {
  readonly counts: Counts;
  /** Average score along the path to a mask, and its gradient. */
  pathGradient(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathGradient>;
  /** Average score along the path. */
  pathScore(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathScore>;
  /** Score of the masked image and its plain gradient: a path of one point. */
  gradient(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathGradient>;
  /** Noise-free score and regularizers of several masks. */
  objective(masks: readonly ArrayLike<number>[], options?: ObjectiveOptions): Promise<EndpointObjective[]>;
  /** The same for one mask, with the path average in place of the score. */
  pathObjective(mask: ArrayLike<number>, options?: ObjectiveOptions): Promise<Objective>;
  /** Regularizers alone: no network runs. */
  penalties(mask: ArrayLike<number>, weights?: Weights): Promise<PenaltyValues>;
  /** Gradient of the weighted regularizers. */
  penaltyGradient(mask: ArrayLike<number>, weights?: Weights): Promise<Float64Array>;
  /** Score and probability of whole images `[h, w, c]`. */
  evaluate(images: readonly HostArray[], options?: EvaluationOptions): Promise<ImageValues[]>;
  /** Score of an image `[h, w, c]` and its gradient at every value. */
  imageGradient(image: HostArray, options?: EvaluationOptions): Promise<ImageGradient>;
  /** The mask at the size of the image, `[h, w]`, float64; for a mask of any size up to the image's. */
  upsample(mask: ArrayLike<number>, size?: MaskSize): HostArray;
  /** Frees the compiled programs. */
  dispose(): void;
}
