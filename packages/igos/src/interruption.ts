/** Stands for an `AbortSignal`, wherever it comes from. */
export interface StopSignal {
  readonly aborted: boolean;
}

export type InterruptionReason = 'aborted' | 'time';

/** Ends a run early; the loop turns it into a result with what it has. */
export class Interruption extends Error {
  override name = 'Interruption';
  readonly reason: InterruptionReason;

  constructor(reason: InterruptionReason) {
    super(reason === 'aborted' ? 'the run was aborted' : 'the time limit was reached');
    this.reason = reason;
  }
}

/** Called between network evaluations; throws an {@link Interruption} when it is time to stop. */
export type Checkpoint = () => void;

/** @param timeLimit  seconds from now */
export function makeCheckpoint({
  signal,
  timeLimit = Number.POSITIVE_INFINITY,
}: {
  readonly signal?: StopSignal | undefined;
  readonly timeLimit?: number | undefined;
}): Checkpoint {
  const end = Date.now() + 1000 * timeLimit;
  return () => {
    if (signal?.aborted) throw new Interruption('aborted');
    if (Date.now() >= end) throw new Interruption('time');
  };
}
