import type { HostArray } from '@igos/autograd';
import type { Float32HostArray } from '../float32-array.ts';
import type { Checkpoint } from '../interruption.ts';
import type { MaskSize } from '../mask.ts';
import type { NoiseDraw } from '../noise.ts';
import type { Path } from '../path-rules/path.ts';
import type { Weights } from '../regularizers/regularizer.ts';
import type { Savings } from './savings.ts';

/** Network evaluations so far, in images: `forward` counts every forward pass, `gradient` every backward pass. */
export interface Counts {
  readonly forward: number;
  readonly gradient: number;
}

export interface EvaluationOptions {
  /** Noise to add to every image of a path; the same draw gives the same noise. */
  readonly noise?: NoiseDraw | undefined;
  /** Called before every run of the network; may throw to stop. */
  readonly checkpoint?: Checkpoint | undefined;
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

/** The regularizers at one mask. */
export interface PenaltyValues {
  /** Unweighted mean |1 − m|. */
  readonly l1: number;
  /** Unweighted total variation. */
  readonly tv: number;
  /** All terms, weighted and added. */
  readonly total: number;
}

/** The objective at one mask. */
export interface Objective {
  /** Score of the masked image, or the path average where that is what was asked for. */
  readonly score: number;
  /** Unweighted. */
  readonly l1: number;
  /** Unweighted. */
  readonly tv: number;
  /** All weighted terms. */
  readonly penalty: number;
  /** Score plus penalty. */
  readonly total: number;
}

export interface EndpointObjective extends Objective {
  readonly probability: number;
}

export interface ImageValues {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
}

/** One image, one baseline, one score: everything a method asks about masks. Masks are row-major keep masks. */
export interface MaskProblem {
  /** `[h, w, c]` */
  readonly image: HostArray;
  /** `[h, w, c]` */
  readonly baseline: HostArray;
  readonly imageSize: MaskSize;
  readonly maskSize: MaskSize;
  readonly path: Path;
  /** Weights of the regularizers unless a call gives others. */
  readonly weights: Weights;
  /** Name of the backend the network runs on. */
  readonly backend: string;
  /** What the network computes in. */
  readonly precision: 'float64' | 'float32';
  /** What is not computed twice. */
  readonly savings: Savings;
  /** Candidates of a line search that cost about as much as one; 1 where each costs the same. */
  readonly candidatesAtOnce: number;
  readonly counts: Counts;
  /** Average score along the path to a mask, and its gradient. */
  pathGradient(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathGradient>;
  /** Average score along the path. */
  pathScore(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathScore>;
  /** Score of the masked image and its plain gradient: a path of one point. */
  gradient(mask: ArrayLike<number>, options?: EvaluationOptions): Promise<PathGradient>;
  /** Noise-free score and regularizers of several masks. */
  objective(
    masks: readonly ArrayLike<number>[],
    options?: EvaluationOptions & { readonly weights?: Weights },
  ): Promise<EndpointObjective[]>;
  /** The same with the path average in place of the score. */
  pathObjective(
    mask: ArrayLike<number>,
    options?: EvaluationOptions & { readonly weights?: Weights },
  ): Promise<Objective>;
  /** Regularizers alone: no network runs. */
  penalties(mask: ArrayLike<number>, weights?: Weights): Promise<PenaltyValues>;
  /** Gradient of the weighted regularizers. */
  penaltyGradient(mask: ArrayLike<number>, weights?: Weights): Promise<Float64Array>;
  /** Score and probability of whole images `[h, w, c]`. */
  evaluate(images: readonly HostArray[], options?: EvaluationOptions): Promise<ImageValues>;
  /** Score of whole images `[h, w, c]`. */
  score(images: readonly HostArray[], options?: EvaluationOptions): Promise<Float64Array>;
  /** Score of images and its gradient at every value of each. */
  imageGradient(
    images: readonly HostArray[],
    options?: EvaluationOptions,
  ): Promise<{ readonly scores: Float64Array; readonly gradients: readonly HostArray[] }>;
  /** U(m)·I + (1 − U(m))·B, `[h, w, c]`, for a mask of any size up to the image's. */
  maskedImage(mask: ArrayLike<number>, size?: MaskSize): Float32HostArray;
  /** The mask at the size of the image, `[h, w]`, float64. */
  upsample(mask: ArrayLike<number>, size?: MaskSize): HostArray;
  /** Averages of a map `[h, w]` over the cells of the mask, each pixel counted by its share in the cell. */
  cellAverages(pixels: ArrayLike<number>): Float64Array;
  /** Frees the compiled programs. */
  dispose(): void;
}
