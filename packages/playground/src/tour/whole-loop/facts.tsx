import type { RunView, TimedStep } from '../../engine/handlers/run.ts';
import { count, figure, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** Numbers after the iterations so far, and what they took. */
export function Facts({
  steps,
  end,
}: {
  /** Up to where the reader is. */
  readonly steps: readonly TimedStep[];
  /** Of the whole run, once the reader is there. */
  readonly end: RunView | undefined;
}) {
  const w = inLanguage(words);
  const last = steps[steps.length - 1];
  const evaluations = end?.result.evaluations ?? steps.reduce((sum, step) => sum + step.evaluations, 0);
  const rows: readonly (readonly [name: string, value: string | undefined])[] = [
    [w.objective, last && figure(last.objective, 4)],
    [w.score, last && percent(last.score, 2)],
    [w.removed, last && percent(last.l1)],
    [w.evaluationsHere, last && count(last.evaluations)],
    [w.evaluations, count(evaluations)],
    [w.seconds, figure(end?.seconds ?? last?.seconds ?? 0, 2)],
  ];
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
