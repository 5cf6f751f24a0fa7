import { checkFunction, checkNumber } from './checks.ts';
import type { Direction } from './directions/direction.ts';
import { integrated } from './directions/integrated.ts';
import { NotFiniteError, OptionError } from './errors.ts';
import type { StopSignal } from './interruption.ts';
import type { LineSearchFactory, SearchSettings } from './line-searches/line-search.ts';
import { ones } from './mask.ts';
import * as presets from './presets.ts';
import type { MaskProblem } from './problem/mask-problem.ts';
import { checkWeights } from './problem/problem-options.ts';
import type { Weights } from './regularizers/regularizer.ts';

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

export interface ResolvedOptions {
  readonly iterations: number;
  readonly weights: Weights;
  readonly sigma: number;
  readonly noiseSeed: number;
  readonly seed: number;
  readonly direction: Direction;
  readonly lineSearch: LineSearchFactory;
  readonly search: SearchSettings;
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

/** Fills in the defaults and checks every value; throws OptionError. */
export function resolveOptions(problem: MaskProblem, given: ExplainOptions): ResolvedOptions {
  const { onFailedSearch, lambdaSchedule, lineSearch } = presets.small;
  const options = { ...defaultOptions, onFailedSearch, lambdaSchedule, lineSearch, ...withoutUndefined(given) };
  const { step, stepDecay, armijo, minStep, iterations, seed, tolerance, noise } = options;
  // What is misspelt, as lineSearches.armijio, must be told and not be taken for the default.
  const { direction, lineSearch: search } = { ...options, ...given };
  checkFunction('direction', direction, 'directions.integrated');
  checkFunction('lineSearch', search, 'lineSearches.armijo');
  const noiseSeed = noise?.seed ?? seed;
  const sigma = noise?.sigma ?? 0;
  const weights = { ...problem.weights, ...pickWeights(problem.weights, given) };
  checkWeights(weights);
  checkNumber('the number of iterations', iterations, { min: 1, integer: true });
  checkNumber('the step', step, { above: 0 });
  checkNumber('the step decay', stepDecay, { above: 0, below: 1 });
  checkNumber('the Armijo constant', armijo, { min: 0, below: 1 });
  checkNumber('the smallest step', minStep, { above: 0 });
  checkNumber('the noise', sigma, { min: 0 });
  for (const value of [seed, noiseSeed]) checkNumber('the seed', value, { min: 0, integer: true });
  checkNumber('the tolerance', tolerance, { min: 0 });
  if (options.timeLimit !== undefined) checkNumber('the time limit', options.timeLimit, { above: 0 });
  return {
    ...{ iterations, weights, sigma, noiseSeed, seed, tolerance },
    ...{ direction, lineSearch: search },
    search: { step, stepDecay, armijo, minStep },
    onFailedSearch: options.onFailedSearch,
    lambdaSchedule: options.lambdaSchedule,
    initMask: given.initMask ? checkMask(given.initMask, problem) : ones(problem.maskSize),
  };
}

function pickWeights(known: Weights, given: ExplainOptions): Partial<Weights> {
  const names = Object.keys(known) as (keyof Weights)[];
  return Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function checkMask(mask: ArrayLike<number>, { maskSize: [rows, columns] }: MaskProblem): Float32Array {
  if (mask.length !== rows * columns) {
    throw new OptionError(`a start mask of ${rows}x${columns} needs ${rows * columns} values, got ${mask.length}`);
  }
  const values = Float32Array.from(mask);
  const outside = values.find((value) => !(value >= 0 && value <= 1));
  if (outside === undefined) return values;
  if (!Number.isFinite(outside)) throw new NotFiniteError({ quantity: 'start mask' });
  throw new OptionError(`a start mask needs values from 0 to 1, got ${outside}`);
}
