import { computed, useComputed, useSignalEffect } from '@preact/signals';
import { baselineInUse, settings } from '../state/page-state.ts';
import { opened } from './client.ts';
import type { ProblemRequest } from './session.ts';
import { type Run, useRun } from './use-run.ts';

/** What is set on the page, asked of I-GOS itself: other methods have no steps. */
export const igosRequest = computed((): ProblemRequest => {
  return { baseline: baselineInUse.value, settings: { ...settings.value, method: 'igos' } };
});

/**
 * A run of I-GOS that begins by itself, and again with whatever changes.
 *
 * @param wanted  reads signals; false: nothing is begun
 */
export function useIgosRun(wanted: () => boolean): Run {
  const run = useRun(() => igosRequest.value);
  const isWanted = useComputed(wanted);
  useSignalEffect(() => {
    const { steps, end, running, failure } = run;
    const idle = steps.value.length === 0 && !end.value && !running.value && failure.value === undefined;
    if (idle && isWanted.value && opened.value.phase === 'ready') run.start();
  });
  return run;
}
