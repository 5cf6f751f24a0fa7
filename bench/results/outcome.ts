import type { Timing } from '../alternate.ts';

/** A number that a bar is about, once from the best samples and once from the medians. */
export interface Value {
  readonly best: number;
  readonly median: number;
}

/** Cases that took turns. */
export interface Comparison {
  /** What they all did: a layer, a network, an explanation. */
  readonly subject: string;
  readonly timings: readonly Timing[];
  readonly value?: Value;
  /** Mean number of cores that other processes kept busy meanwhile. */
  readonly othersBusy?: number;
}

/** What came out of a row of the table. */
export type Outcome = Measured | Failed;

interface Measured {
  readonly value?: Value;
  readonly comparisons: readonly Comparison[];
  readonly notes?: readonly string[];
}

interface Failed {
  /** Why there is no number. */
  readonly error: string;
}

/** How many times as fast the first is as the second. */
export function speedRatio(faster: Timing, slower: Timing): Value {
  return { best: slower.best / faster.best, median: slower.median / faster.median };
}

/** The work that the first does in a second, over that of the second. */
export function rateRatio(first: Timing, second: Timing): Value {
  const { best, median } = speedRatio(first, second);
  const work = (first.flop ?? 1) / (second.flop ?? 1);
  return { best: best * work, median: median * work };
}

export function timingOf({ timings }: Pick<Comparison, 'timings'>, name: string): Timing {
  const found = timings.find((timing) => timing.name === name);
  if (!found) throw new Error(`nothing called ${name} was timed`);
  return found;
}

/** The lowest, or the highest, over comparisons that all have to reach a bar. */
export function worstOf(comparisons: readonly Comparison[], pick: 'min' | 'max' = 'min'): Value {
  const values = comparisons.flatMap(({ value }) => value ?? []);
  return {
    best: Math[pick](...values.map(({ best }) => best)),
    median: Math[pick](...values.map(({ median }) => median)),
  };
}
