import type { Step } from 'igos';
import { type LineSearchName, lineSearches } from 'igos/named';
import { moved } from '../../engine/moved.ts';

/** What one line search decided, and by which bound. */
export interface Search {
  readonly step: Step;
  /** The mask it started from. */
  readonly before: ArrayLike<number>;
  /** Whether candidates are judged by the average over the path. */
  readonly byPath: boolean;
  /** Whether candidates are judged at all. */
  readonly checks: boolean;
  /** What the objective of a candidate at this step may be at most. */
  allowed(length: number): number;
}

interface SearchSettings {
  readonly lineSearch: LineSearchName;
  readonly armijo: number;
}

/** The search of an iteration, counted from 1. */
export function searchOf(
  steps: readonly Step[],
  iteration: number,
  { lineSearch, armijo }: SearchSettings,
): Search | undefined {
  const step = steps[iteration - 1];
  if (!step) return undefined;
  const { direction, searchStart } = step;
  const before = steps[iteration - 2]?.mask ?? direction.map(() => 1);
  const squares = direction.reduce((sum, value) => sum + value * value, 0);
  const promised = (length: number): number => {
    if (lineSearch !== 'armijo-projected') return length * squares;
    const candidate = moved(before, direction, length);
    return candidate.reduce((sum, value, i) => sum + (direction[i] ?? 0) * ((before[i] ?? 0) - value), 0);
  };
  return {
    ...{ step, before },
    byPath: lineSearches[lineSearch]().judges === 'path',
    checks: lineSearch !== 'fixed' && lineSearch !== 'nag',
    allowed: (length) => searchStart - armijo * promised(length),
  };
}

/** `unchecked`: taken by a search that checks nothing. `forced`: the last one, taken though it did not pass. */
export type Verdict = 'accepted' | 'rejected' | 'unchecked' | 'forced';

/** What became of a trial. */
export function verdictOf({ step, checks }: Search, trial: number): Verdict {
  const isLast = trial === step.trialLog.length - 1;
  if (!isLast || step.kept) return 'rejected';
  if (step.failed) return 'forced';
  return checks ? 'accepted' : 'unchecked';
}

/**
 * Whether the objective fell by so little that it may be the rounding of the network's numbers, which have some seven
 * digits.
 */
export function isRounding({ searchStart, objective, score }: Step): boolean {
  const decrease = searchStart - objective;
  return decrease >= 0 && decrease <= 1e-6 * score;
}

/** Digits that numbers of this size need to be told apart on this range. */
export function digitsFor(low: number, high: number): number {
  const ratio = Math.max(Math.abs(low), Math.abs(high)) / (high - low);
  return Math.min(mostDigits, 4 + Math.max(0, Math.floor(Math.log10(ratio))));
}

const mostDigits = 9;

/** The iteration that shows most to begin with: the first that rejects something and goes on; the newest until there is one. */
export function tellingIteration(steps: readonly Step[]): number {
  const found = steps.findIndex(({ trialLog, failed }) => trialLog.length > 1 && !failed);
  return found < 0 ? steps.length : found + 1;
}

/** From the shortest step that may be tried to the longest, and as evenly spread factors between as there are points. */
export function lengthsBetween(shortest: number, longest: number, points: number): number[] {
  const factor = (shortest / longest) ** (1 / (points - 1));
  return Array.from({ length: points }, (_, i) => longest * factor ** i);
}
