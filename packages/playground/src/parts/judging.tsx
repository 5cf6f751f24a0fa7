import type { Judged } from '../engine/use-judged.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { FailedAlert } from './failed.tsx';
import './judging.css';

/** Says how far the contestants are. */
export function Judging({
  judged: { at, failure },
  names,
  iterations,
}: {
  readonly judged: Judged;
  readonly names: readonly string[];
  /** Of a run that iterates. */
  readonly iterations: number;
}) {
  const words = inLanguage(shellWords);
  const text = at && words.contestant(names[at.index] ?? '', at.iterations, iterations);
  return (
    <>
      <p class="progress judging">
        {at && (
          <>
            <progress
              aria-label={words.computing}
              max={names.length}
              value={at.index + Math.min(1, at.iterations / iterations)}
            />
            {text}
          </>
        )}
      </p>
      {failure && <FailedAlert {...{ failure }} />}
    </>
  );
}
