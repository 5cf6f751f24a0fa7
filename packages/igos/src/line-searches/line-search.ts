import type { Objective } from '../problem/objective.ts';

export interface SearchSettings {
  /** Longest step, tried first. */
  readonly step: number;
  /** Factor of the next try after a failure, above 0 and below 1. */
  readonly stepDecay: number;
  /** Share of the promised decrease that a step has to keep, 0 <= x < 1. */
  readonly armijo: number;
  /** The first step below this is the last try. */
  readonly minStep: number;
}

export interface SearchPoint {
  /** Iteration, from 0. */
  readonly iteration: number;
  readonly mask: Float32Array;
  /** Uphill: score direction plus the regularizers' gradient. */
  readonly direction: Float64Array;
  /** Objective at `mask`, of the kind this search judges by. */
  readonly start: number;
  /** Objective at a candidate, of the kind this search judges by. */
  evaluate(candidate: Float64Array): Promise<Objective>;
  /** The same for up to `atOnce` candidates, at about the cost of one; absent where each costs as much as the first. */
  readonly together?: {
    readonly atOnce: number;
    evaluate(candidates: readonly Float64Array[]): Promise<readonly Objective[]>;
  };
}

/** One candidate of a line search. */
export interface Trial extends Objective {
  /** Step length. */
  readonly step: number;
  /** Objective minus what was demanded; above 0: rejected. */
  readonly margin: number;
}

export interface SearchOutcome {
  /** The last candidate, in [0, 1]; float64. */
  readonly candidate: Float64Array;
  readonly trials: readonly Trial[];
  /** No candidate passed. */
  readonly failed: boolean;
}

/** How far to go. A search is made anew for every run and may remember earlier iterations. */
export interface LineSearch {
  /** What candidates are judged by: the noise-free score of the masked image, or the path average with the iteration's noise. */
  readonly judges: 'endpoint' | 'path';
  search(point: SearchPoint, settings: SearchSettings): Promise<SearchOutcome>;
}

export type LineSearchFactory = () => LineSearch;
