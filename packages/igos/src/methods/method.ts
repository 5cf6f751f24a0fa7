import type { Checkpoint } from '../interruption.ts';
import type { Trial } from '../line-searches/line-search.ts';
import type { ResolvedOptions } from '../options.ts';
import type { MaskProblem } from '../problem/mask-problem.ts';
import type { EndpointObjective } from '../problem/objective.ts';

/**
 * One iteration. Everything but the direction describes the mask *after* it, without noise; the objective has the weights
 * of this step.
 */
export interface Step extends EndpointObjective {
  /** Iteration, from 0. */
  readonly k: number;
  /** Keep mask after the step, row-major; the exact state the next iteration starts from. */
  readonly mask: Float32Array;
  /** Direction the step went against: score part plus the regularizers' gradient, at the mask before the step. */
  readonly direction: Float64Array;
  /** Score part of the direction. */
  readonly scoreDirection: Float64Array;
  /** Score at every point of the path, where the direction has one. */
  readonly pathScores?: Float64Array;
  /** Weight in force during this step. */
  readonly l1Weight: number;
  readonly tvWeight: number;
  /** Objective before the step, of the kind the line search judges by. */
  readonly searchStart: number;
  /** Length of the last candidate. */
  readonly step: number;
  /** Candidates tried. */
  readonly trials: number;
  readonly trialLog: readonly Trial[];
  /** No candidate passed. */
  readonly failed: boolean;
  /** The search failed and the mask was left as it was. */
  readonly kept: boolean;
  /** Network evaluations of this iteration, in images: forward passes plus backward passes. */
  readonly evaluations: number;
}

/** Why a run ended. */
export type Stopped = 'iterations' | 'failed-search' | 'tolerance' | 'time' | 'aborted';

/** What a method gives; `explain` rounds the saliency and adds what all methods share. */
export interface MethodResult extends RunFacts {
  /** Keep mask, `maskSize`, row-major. */
  readonly mask: Float32Array;
  /** One value a pixel; larger is more important. */
  readonly saliency: Float64Array;
  /** At `mask`. */
  readonly final: EndpointObjective;
}

/** What a run tells of itself. */
export interface RunFacts {
  readonly stopped: Stopped;
  /** At the mask the run began with. */
  readonly start: EndpointObjective;
  /** Ranks cells of equal saliency: the score direction at the final mask, one value a cell; larger first. */
  readonly tieBreak?: Float64Array;
  /** How well attributions add up to the change of the score. */
  readonly completeness?: Completeness;
  /** Iterations run, and how many of them ended without an accepted candidate. */
  readonly iterations: number;
  readonly failedSearches: number;
  /** The gradient was 0 everywhere to begin with. */
  readonly zeroGradient: boolean;
}

export interface Completeness {
  /** Sum of all attributions. */
  readonly sum: number;
  /** Score of the image minus score of the baseline: what they should add up to. */
  readonly expected: number;
  /** |sum − expected| / |expected|; 0 where both are 0. */
  readonly relativeError: number;
}

export interface MethodContext {
  readonly problem: MaskProblem;
  readonly options: ResolvedOptions;
  readonly checkpoint: Checkpoint;
}

/** A way to explain an image. Methods without iterations yield nothing. */
export type Method = (context: MethodContext) => AsyncGenerator<Step, MethodResult>;
