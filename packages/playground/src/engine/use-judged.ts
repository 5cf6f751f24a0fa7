import type { Failure } from './failure.ts';
import type { JudgedRun, JudgeRequest, JudgeUpdate } from './handlers/judge.ts';
import { useEngine } from './use-engine.ts';

export interface Judged {
  /** One for each contestant, once it has ended. */
  readonly runs: readonly (JudgedRun | undefined)[];
  /** The contestant that is at work. */
  readonly at: JudgeUpdate | undefined;
  readonly failure: Failure | undefined;
}

/**
 * Explanations with each of several settings, and what deletion and insertion say of them.
 *
 * @param request  reads signals
 */
export function useJudged(request: () => JudgeRequest | undefined): Judged {
  const { updates, busy, failure } = useEngine('judge', request).value;
  const runs: (JudgedRun | undefined)[] = [];
  for (const { index, judged } of updates) runs[index] = judged;
  return { runs, at: busy ? updates.at(-1) : undefined, failure };
}
