import { count, inLanguage, scientific } from '../../words/language.ts';
import { digitsFor, type Search, type Verdict, verdictOf } from './search.ts';
import { words } from './words.ts';

/** Trials in the table; of more, those in the middle are left out. */
const shownTrials = 16;

/** Every trial in the order it was tried. */
export function Trials({ search }: { readonly search: Search }) {
  const w = inLanguage(words);
  const { trialLog } = search.step;
  const heights = [search.step.searchStart, ...trialLog.map(({ objective }) => objective)];
  const digits = digitsFor(Math.min(...heights), Math.max(...heights));
  const left = trialLog.length > shownTrials ? trialLog.length - shownTrials : 0;
  const rows = trialLog.map((trial, i) => ({ ...trial, digits, verdict: verdictOf(search, i) }));
  const first = left > 0 ? shownTrials / 2 : rows.length;
  return (
    <table class="trials">
      <caption>{w.trials}</caption>
      <thead>
        <tr>
          <th scope="col">{w.stepLength}</th>
          <th scope="col">{w.objectiveThere}</th>
          <th scope="col">{w.margin}</th>
          <th scope="col">{w.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, first).map((row) => (
          <Row key={row.step} {...row} />
        ))}
        {left > 0 && (
          <tr>
            <td colSpan={4}>{w.moreTrials(count(left))}</td>
          </tr>
        )}
        {rows.slice(first + left).map((row) => (
          <Row key={row.step} {...row} />
        ))}
      </tbody>
    </table>
  );
}

type RowOf = Search['step']['trialLog'][number] & { readonly verdict: Verdict; readonly digits: number };

function Row({ step, objective, margin, verdict, digits }: RowOf) {
  const { verdicts } = inLanguage(words);
  return (
    <tr data-verdict={verdict}>
      <th scope="row">{scientific(step)}</th>
      <td>{scientific(objective, digits)}</td>
      <td>{signed(margin)}</td>
      <td>{verdicts[verdict]}</td>
    </tr>
  );
}

/** With its sign in front, whichever it is. */
function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${scientific(Math.abs(value))}`;
}
