import { effect, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { engine, opened } from '../engine/client.ts';
import type { EngineName } from '../engine/engine-names.ts';
import { type Failure, failureIn } from '../engine/failure.ts';
import { noteSpeed } from '../engine/speeds.ts';
import { baselineInUse, settings } from '../state/page-state.ts';

/** Measures engines, one after the other, with what is open and set; it ends when something else is opened. */
export function useMeasurement() {
  /** The one that is being measured. */
  const measured = useSignal<EngineName | undefined>(undefined);
  const failure = useSignal<Failure | undefined>(undefined);
  const actions = useMemo(() => {
    let controller: AbortController | undefined;
    const stop = () => {
      controller?.abort();
      measured.value = undefined;
    };
    const start = async (names: readonly EngineName[]) => {
      const mine = new AbortController();
      const { signal } = mine;
      controller = mine;
      failure.value = undefined;
      const request = { baseline: baselineInUse.peek(), settings: settings.peek() };
      for (const name of names) {
        measured.value = name;
        try {
          const speed = await engine.call('speed', { ...request, engine: name }, { signal });
          if (!signal.aborted) noteSpeed(name, speed);
        } catch (error) {
          if (!signal.aborted) failure.value = failureIn(error);
        }
        if (signal.aborted) return;
      }
      measured.value = undefined;
    };
    return { start, stop };
  }, []);
  useEffect(() => {
    const end = effect(() => {
      void opened.value; // a speed is one of the network that is open
      actions.stop();
    });
    return () => {
      end();
      actions.stop();
    };
  }, []);
  return { measured, failure, ...actions };
}
