import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { engine, opened } from './client.ts';
import type { RunView, TimedStep } from './handlers/run.ts';
import type { ProblemRequest } from './session.ts';

export interface Run {
  readonly steps: ReadonlySignal<readonly TimedStep[]>;
  /** Once it has ended. */
  readonly end: ReadonlySignal<RunView | undefined>;
  readonly running: ReadonlySignal<boolean>;
  readonly error: ReadonlySignal<string | undefined>;
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
  const error = useSignal<string | undefined>(undefined);
  const controller = useSignal<AbortController | undefined>(undefined);
  const running = useComputed(() => controller.value !== undefined);
  const wanted = useComputed(request);
  const actions = useMemo(() => {
    const stop = () => controller.peek()?.abort();
    const reset = () => {
      stop();
      controller.value = undefined;
      steps.value = [];
      end.value = undefined;
      error.value = undefined;
    };
    const start = () => {
      reset();
      const mine = new AbortController();
      controller.value = mine;
      const current = () => controller.peek() === mine;
      const onUpdate = (step: TimedStep) => {
        if (current()) steps.value = [...steps.peek(), step];
      };
      engine.call('run', wanted.peek(), { signal: mine.signal, onUpdate }).then(
        (view) => {
          if (!current()) return;
          end.value = view;
          controller.value = undefined;
        },
        (failure: Error) => {
          if (!current()) return;
          error.value = failure.message;
          controller.value = undefined;
        },
      );
    };
    return { start, stop, reset };
  }, []);
  useSignalEffect(() => {
    void wanted.value;
    void opened.value;
    return actions.reset;
  });
  return { steps, end, running, error, start: actions.start, stop: actions.stop };
}
