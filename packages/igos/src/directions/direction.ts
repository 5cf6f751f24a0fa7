import type { Checkpoint } from '../interruption.ts';
import type { NoiseDraw } from '../noise.ts';
import type { MaskProblem, PathScore } from '../problem/mask-problem.ts';

export interface DirectionContext {
  readonly problem: MaskProblem;
  /** Row-major keep mask. */
  readonly mask: Float32Array;
  /** Noise of this iteration; absent when the run has none. */
  readonly noise?: NoiseDraw | undefined;
  readonly checkpoint?: Checkpoint | undefined;
}

export interface ScoreDirection {
  /** Uphill direction of the score, one value a cell; the regularizers' gradient is added by the loop. */
  readonly gradient: Float64Array;
  /** Path scores, where the direction came by them; a path line search then need not compute them again. */
  readonly path?: PathScore;
}

/** Where a step of the mask should go to change the score. */
export type Direction = (context: DirectionContext) => Promise<ScoreDirection>;
