import type { ReadonlySignal } from '@preact/signals';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

/** How far the engine is with what a figure asked; what takes no time is not mentioned. */
export function EngineStatus({
  asked,
}: {
  readonly asked: readonly ReadonlySignal<{ readonly busy: boolean; readonly error: string | undefined }>[];
}) {
  const words = inLanguage(shellWords);
  const states = asked.map(({ value }) => value);
  const error = states.find((state) => state.error !== undefined)?.error;
  return (
    <div class="progress">
      {error === undefined && states.some(({ busy }) => busy) && <span class="busy">{words.computing}</span>}
      <span role="status">{error !== undefined && `${words.failed}: ${error}`}</span>
    </div>
  );
}
