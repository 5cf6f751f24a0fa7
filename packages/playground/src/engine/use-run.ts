import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { engine, opened } from './client.ts';
import { type Failure, failureIn } from './failure.ts';
import type { RunView, TimedStep } from './handlers/run.ts';
import type { ProblemRequest } from './session.ts';
import { noteRun } from './speeds.ts';

export interface Run {
  readonly steps: ReadonlySignal<readonly TimedStep[]>;
  /** Once it has ended. */
  readonly end: ReadonlySignal<RunView | undefined>;
  readonly running: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | undefined>;
  start(): void;
  stop(): void;
}

/**
 * An explanation that the reader starts. It is dropped when what it was asked for changes.
 *
 * @param request  reads signals
 */
export function useRun(request: () => ProblemRequest): Run {
  const steps = useSignal<readonly TimedStep[]>([]);
  const end = useSignal<RunView | undefined>(undefined);
  const failure = useSignal<Failure | undefined>(undefined);
  const controller = useSignal<AbortController | undefined>(undefined);
  const running = useComputed(() => controller.value !== undefined);
  const wanted = useComputed(request);
  const actions = useMemo(() => {
    let startedWith: readonly unknown[] = [];
    const stop = () => controller.peek()?.abort();
    const reset = () => {
      stop();
      controller.value = undefined;
      steps.value = [];
      end.value = undefined;
      failure.value = undefined;
    };
    // Effects come a frame late: a run that was started after the change must not be dropped for it.
    const resetUnlessStartedWith = (...present: readonly unknown[]) => {
      if (present.some((value, i) => value !== startedWith[i])) reset();
    };
    const start = () => {
      reset();
      startedWith = [wanted.peek(), opened.peek()];
      const mine = new AbortController();
      controller.value = mine;
      const current = () => controller.peek() === mine;
      const onUpdate = (step: TimedStep) => {
        if (!current()) return;
        steps.value = [...steps.peek(), step];
        noteRun(steps.peek());
      };
      engine.call('run', wanted.peek(), { signal: mine.signal, onUpdate }).then(
        (view) => {
          if (!current()) return;
          end.value = view;
          controller.value = undefined;
        },
        (error: unknown) => {
          if (!current()) return;
          failure.value = failureIn(error);
          controller.value = undefined;
        },
      );
    };
    return { start, stop, resetUnlessStartedWith };
  }, []);
  useSignalEffect(() => actions.resetUnlessStartedWith(wanted.value, opened.value));
  useEffect(() => actions.stop, []);
  return { steps, end, running, failure, start: actions.start, stop: actions.stop };
}
