import type { ReadonlySignal } from '@preact/signals';
import type { Asking } from '../engine/use-engine.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { Failed } from './failed.tsx';

/** How far the engine is with what a figure asked; what takes no time is not mentioned. */
export function EngineStatus({ asked }: { readonly asked: readonly ReadonlySignal<Asking>[] }) {
  const words = inLanguage(shellWords);
  const states = asked.map(({ value }) => value);
  const failure = states.find((state) => state.failure)?.failure;
  return (
    <div class="progress">
      {!failure && states.some(({ busy }) => busy) && <span class="busy">{words.computing}</span>}
      <span role="status">{failure && <Failed {...{ failure }} />}</span>
    </div>
  );
}
