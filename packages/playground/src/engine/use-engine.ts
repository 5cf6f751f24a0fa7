import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { engine, opened } from './client.ts';
import { type Failure, failureIn } from './failure.ts';
import type { EngineHandlers } from './handlers.ts';
import type { AnswerOf, RequestOf, UpdateOf } from './remote.ts';

/** How far a request is. */
export interface Asking {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
}

export interface Asked<Answer, Update> extends Asking {
  /** Since the last request. */
  readonly answer: Answer | undefined;
  readonly updates: readonly Update[];
}

/**
 * Asks the engine whenever the request changes, or another picture is open; what is under way is aborted then. The answer
 * before stays until the next one is there.
 *
 * @param request  reads signals; undefined: nothing is asked
 */
export function useEngine<Name extends keyof EngineHandlers & string>(
  name: Name,
  request: () => RequestOf<EngineHandlers, Name> | undefined,
): ReadonlySignal<Asked<AnswerOf<EngineHandlers, Name>, UpdateOf<EngineHandlers, Name>>> {
  type Request = RequestOf<EngineHandlers, Name>;
  type State = Asked<AnswerOf<EngineHandlers, Name>, UpdateOf<EngineHandlers, Name>> & { readonly asked?: Request };
  const state = useSignal<State>({ answer: undefined, updates: [], busy: false, failure: undefined });
  const wanted = useComputed(() => (opened.value.phase === 'ready' ? request() : undefined));
  useSignalEffect(() => {
    const asked = wanted.value;
    if (opened.value.phase !== 'ready' || asked === undefined) return;
    const controller = new AbortController();
    const change = (next: Partial<State>) => {
      if (!controller.signal.aborted) state.value = { ...state.peek(), ...next };
    };
    change({ asked, busy: true, updates: [], failure: undefined });
    const onUpdate = (update: UpdateOf<EngineHandlers, Name>) => change({ updates: [...state.peek().updates, update] });
    engine.call(name, asked, { signal: controller.signal, onUpdate }).then(
      (answer) => change({ answer, busy: false }),
      (error: unknown) => change({ busy: false, failure: failureIn(error) }),
    );
    return () => controller.abort();
  });
  // The effect runs a frame after its signals change: until then, what is there is old, and no request has gone out.
  return useComputed(() => {
    const { asked, busy, ...rest } = state.value;
    return { ...rest, busy: busy || (wanted.value !== undefined && wanted.value !== asked) };
  });
}
