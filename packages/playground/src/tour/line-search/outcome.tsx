import { inLanguage, scientific } from '../../words/language.ts';
import { digitsFor, isRounding, type Search, verdictOf } from './search.ts';
import { words } from './words.ts';

/** How the search went, in a sentence. */
export function Outcome({
  search,
  iteration,
  ends,
}: {
  readonly search: Search | undefined;
  readonly iteration: number;
  /** Whether the run ended with this search. */
  readonly ends: boolean;
}) {
  const sentences = search ? [sentence(search, iteration), ends ? inLanguage(words).ended : ''] : [];
  return (
    <p role="status" class="outcome">
      {sentences.join(' ')}
    </p>
  );
}

function sentence(search: Search, iteration: number): string {
  const w = inLanguage(words);
  const { trialLog, searchStart } = search.step;
  const trials = trialLog.length;
  const last = trialLog[trials - 1];
  if (!last) return '';
  const digits = digitsFor(Math.min(searchStart, last.objective), Math.max(searchStart, last.objective)) - 1;
  const of = {
    ...{ trials, step: scientific(last.step), margin: scientific(last.margin) },
    ...{ from: scientific(searchStart, digits), to: scientific(last.objective, digits) },
  };
  const verdict = verdictOf(search, trials - 1);
  if (verdict === 'rejected') return w.kept(iteration, of);
  if (verdict !== 'accepted') return w.taken(iteration, of);
  return `${w.accepted(iteration, of)} ${isRounding(search.step) ? w.rounding : ''}`;
}
