import { batch, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Trial } from './messages.ts';
import { type Ending, runApart } from './sandbox.ts';
import type { AnswerOf, TaskName } from './tasks.ts';

export interface Task<Answer> {
  readonly busy: ReadonlySignal<boolean>;
  /** How it ended last; kept until the next one has ended. */
  readonly ending: ReadonlySignal<Ending<Answer> | undefined>;
  /** Begins anew; what was under way is ended. */
  start(trial: Omit<Trial, 'task'>): void;
  /** By the reader, who is told. */
  stop(): void;
  /** Ends it and forgets how it ended. */
  reset(): void;
}

/** A task on the reader's code, one at a time. */
export function useTask<Name extends TaskName>(task: Name, seconds: number): Task<AnswerOf<Name>> {
  const busy = useSignal(false);
  const ending = useSignal<Ending<AnswerOf<Name>> | undefined>(undefined);
  const actions = useMemo(() => {
    let current: AbortController | undefined;
    const drop = () => {
      const dropped = current;
      current = undefined;
      dropped?.abort();
      busy.value = false;
    };
    return {
      drop,
      start: async (trial: Omit<Trial, 'task'>) => {
        drop();
        const mine = new AbortController();
        current = mine;
        busy.value = true;
        const found = await runApart({ ...trial, task }, { signal: mine.signal, seconds });
        if (current !== mine) return;
        current = undefined;
        batch(() => {
          busy.value = false;
          ending.value = found;
        });
      },
      stop: () => current?.abort(),
      reset: () => {
        drop();
        ending.value = undefined;
      },
    };
  }, []);
  useEffect(() => actions.drop, []);
  return { busy, ending, start: actions.start, stop: actions.stop, reset: actions.reset };
}
