import type { AlternateOptions, Watch } from '../alternate.ts';
import type { Outcome } from './outcome.ts';

/** A line of the table. */
export interface Row {
  /** What `--only` takes. */
  readonly id: string;
  readonly measure: string;
  readonly unit: Unit;
  readonly bar?: Bar;
}

export type Unit = 'times' | 'share' | 'percent' | 'seconds' | 'megabytes' | 'kibibytes';

export interface Bar {
  readonly kind: 'at least' | 'at most';
  readonly required: number;
  readonly wanted: number;
}

/** Rows that are measured together. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
  /** @returns  an outcome for every row, by id */
  run(context: Context): Promise<Readonly<Record<string, Outcome>>>;
}

export interface Context {
  readonly rounds: number;
  /** Shorter warm-ups, for a first look. */
  readonly quick: boolean;
  /** The Python that may have torch. */
  readonly python: string;
  /** @param children  process ids that are ours */
  watch(children?: readonly number[]): Watch;
  waitForQuiet(): Promise<void>;
  /** Tells the person in front what goes on. */
  log(text: string): void;
}

export const atLeast = (required: number, wanted: number): Bar => ({ kind: 'at least', required, wanted });
export const atMost = (required: number, wanted: number): Bar => ({ kind: 'at most', required, wanted });

/** How cases of a few milliseconds take turns. */
export function shortTurns(context: Context): AlternateOptions {
  return { ...longTurns(context), warmUp: context.quick ? 100 : 300 };
}

/** How cases of seconds take turns: one call warms them up. */
export function longTurns({ rounds, watch, waitForQuiet }: Context): AlternateOptions {
  return { rounds, warmUp: 0, watch, waitForQuiet };
}
