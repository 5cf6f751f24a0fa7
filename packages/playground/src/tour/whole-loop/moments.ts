import type { Step } from 'igos';
import type { TimedStep } from '../../engine/handlers/run.ts';
import { moved } from '../../engine/moved.ts';

/** A line of the algorithm, counted from 1. */
export type Line = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Where the reader is in a run: in an iteration, counted from 1, at a moment, counted from 0. Iteration 0 is the start. */
export interface Position {
  readonly iteration: number;
  readonly moment: number;
}

/** A run as far as it has come. */
export interface Recorded {
  readonly steps: readonly TimedStep[];
  readonly ended: boolean;
}

export const start: Position = { iteration: 0, moment: 0 };

/** The path, the direction, each trial, the new mask. */
export function updateMoment({ trialLog }: Step): number {
  return 2 + trialLog.length;
}

function lastMoment({ steps, ended }: Recorded, iteration: number): number {
  const step = steps[iteration - 1];
  if (!step) return 0;
  const isOver = ended && iteration === steps.length;
  return updateMoment(step) + (isOver ? 1 : 0);
}

/** The nearest position that is recorded; without a moment, that of the new mask. */
export function positionAt(
  recorded: Recorded,
  { iteration, moment }: { readonly iteration: number | undefined; readonly moment: number | undefined },
): Position {
  const step = recorded.steps[Math.min(iteration ?? 0, recorded.steps.length) - 1];
  if (!step) return start;
  const found = step.k + 1;
  const known = found === iteration ? moment : undefined;
  return { iteration: found, moment: Math.min(known ?? updateMoment(step), lastMoment(recorded, found)) };
}

/** The moment after, as far as there is one. */
export function forward(recorded: Recorded, { iteration, moment }: Position): Position | undefined {
  if (moment < lastMoment(recorded, iteration)) return { iteration, moment: moment + 1 };
  return iteration < recorded.steps.length ? { iteration: iteration + 1, moment: 0 } : undefined;
}

/** The moment before. */
export function back(recorded: Recorded, { iteration, moment }: Position): Position | undefined {
  if (iteration === 0) return undefined;
  if (moment > 0) return { iteration, moment: moment - 1 };
  return iteration === 1 ? start : { iteration: iteration - 1, moment: lastMoment(recorded, iteration - 1) };
}

/** What happens at a position. */
export interface Moment {
  readonly line: Line;
  readonly step?: Step;
  /** Of the trial, from 0. */
  readonly trial?: number;
  /** What the network is looking at. */
  readonly mask: ArrayLike<number>;
  readonly size: TimedStep['size'];
}

/** Before anything: one cell that keeps everything. */
const whole = { mask: [1], size: [1, 1] } as const;

export function momentAt({ steps }: Recorded, { iteration, moment }: Position): Moment {
  const step = steps[iteration - 1];
  if (!step) return { line: 1, ...whole };
  const { trialLog, direction, kept, size } = step;
  const before = steps[iteration - 2]?.mask ?? direction.map(() => 1);
  if (moment < 2) return { line: moment === 0 ? 3 : 4, step, mask: before, size };
  const trial = moment - 2;
  const tried = trialLog[trial];
  if (!tried) return { line: trial === trialLog.length ? 7 : 8, step, mask: step.mask, size };
  const isTaken = trial === trialLog.length - 1 && !kept;
  const mask = isTaken ? step.mask : moved(before, direction, tried.step);
  return { line: trial === 0 ? 5 : 6, step, trial, mask, size };
}
