import { checkFunction, checkNumber, type Range } from './checks.ts';
import type { Direction } from './directions/direction.ts';
import { integrated } from './directions/integrated.ts';
import type { StopSignal } from './interruption.ts';
import type { LineSearchFactory, SearchSettings } from './line-searches/line-search.ts';
import { checkCells, ones } from './mask.ts';
import * as presets from './presets.ts';
import type { MaskProblem } from './problem/mask-problem.ts';
import type { Weights } from './regularizers/regularizer.ts';
import { checkKeepValues } from './start-mask.ts';

/** Settings of a run; every one has a default. */
export interface ExplainOptions extends Partial<Weights>, Partial<SearchSettings> {
  /** Iterations of the mask, >= 1; default 15. */
  readonly iterations?: number;
  /** Noise on the images of the path; sigma in the image's units, default 0: none. */
  readonly noise?: { readonly sigma: number; readonly seed?: number };
  /** Integer >= 0 for everything random; default 0. */
  readonly seed?: number;
  /** One of `directions`, or your own; default `directions.integrated`. */
  readonly direction?: Direction;
  /** One of `lineSearches`, or your own; default `lineSearches.armijo`. */
  readonly lineSearch?: LineSearchFactory;
  /** What to do when no candidate passes: keep the mask (default), or take the last tiny step. */
  readonly onFailedSearch?: 'keep' | 'step';
  /** Whether the L1 weight falls when the score does not move; default off. */
  readonly lambdaSchedule?: boolean;
  /** Keep mask to begin with, values in [0, 1]; default: all ones. */
  readonly initMask?: ArrayLike<number> | undefined;
  /** Seconds; the iteration under way is dropped. */
  readonly timeLimit?: number | undefined;
  /** Stop when an accepted step changes the objective by no more than this; default 0: never. */
  readonly tolerance?: number;
  /** Aborting ends the run with what it has. */
  readonly signal?: StopSignal | undefined;
}

/** `ExplainOptions` without gaps. */
export interface ResolvedOptions extends SearchSettings {
  readonly iterations: number;
  readonly weights: Weights;
  readonly noise: { readonly sigma: number; readonly seed: number };
  readonly seed: number;
  readonly direction: Direction;
  readonly lineSearch: LineSearchFactory;
  readonly onFailedSearch: 'keep' | 'step';
  readonly lambdaSchedule: boolean;
  readonly initMask: Float32Array;
  readonly tolerance: number;
}

/** Defaults that no preset changes, in one place. */
export const defaultOptions = {
  iterations: 15,
  step: 200,
  stepDecay: 0.2,
  armijo: 1e-4,
  minStep: 1e-5,
  direction: integrated,
  seed: 0,
  tolerance: 0,
};

const ranges = {
  iterations: { min: 1, integer: true },
  l1: { min: 0 },
  tv: { min: 0 },
  step: { above: 0 },
  stepDecay: { above: 0, below: 1 },
  armijo: { min: 0, below: 1 },
  minStep: { above: 0 },
  seed: { min: 0, integer: true },
  tolerance: { min: 0 },
} satisfies Record<string, Range>;

/** Fills in the defaults and checks every value; throws OptionError. */
export function resolveOptions(problem: MaskProblem, given: ExplainOptions): ResolvedOptions {
  const options = { ...defaultOptions, ...presets.small, ...problem.weights, ...withoutUndefined(given) };
  // What is misspelt, as in lineSearches.armijio, is undefined: it must be told, and not be taken for the default.
  const { direction, lineSearch } = { ...options, ...given };
  checkFunction('direction', direction, 'directions.integrated');
  checkFunction('lineSearch', lineSearch, 'lineSearches.armijo');
  for (const [name, range] of Object.entries(ranges)) checkNumber(name, options[name as keyof typeof ranges], range);
  const { l1, tv, seed, timeLimit, initMask } = options;
  const noise = { sigma: 0, seed, ...options.noise };
  checkNumber('noise.sigma', noise.sigma, { min: 0 });
  checkNumber('noise.seed', noise.seed, ranges.seed);
  if (timeLimit !== undefined) checkNumber('timeLimit', timeLimit, { above: 0 });
  const start = initMask ? checkMask(initMask, problem) : ones(problem.maskSize);
  return { ...options, direction, lineSearch, weights: { l1, tv }, noise, initMask: start };
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function checkMask(mask: ArrayLike<number>, { maskSize }: MaskProblem): Float32Array {
  checkCells('a start mask', mask, maskSize);
  const values = Float32Array.from(mask);
  checkKeepValues(values);
  return values;
}
