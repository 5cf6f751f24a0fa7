import type { TermsView } from '../../engine/handlers/masks.ts';
import { figure, inLanguage } from '../../words/language.ts';
import type { Weights } from './weights.ts';
import { words } from './words.ts';

/** The three terms as bars of one scale, and the objective as the three of them in a row. */
export function Terms({ terms, weights }: { readonly terms: TermsView | undefined; readonly weights: Weights }) {
  const w = inLanguage(words);
  const { score, l1, tv } = terms ?? { score: 0, l1: 0, tv: 0 };
  const parts = [
    { name: w.scoreTerm, detail: w.scoreDetail, value: score, colour: 1 },
    { name: w.l1Term, detail: `${figure(weights.l1)} × ${figure(l1)}`, value: weights.l1 * l1, colour: 2 },
    { name: w.tvTerm, detail: `${figure(weights.tv)} × ${figure(tv)}`, value: weights.tv * tv, colour: 3 },
  ];
  const objective = parts.reduce((sum, { value }) => sum + value, 0);
  const scale = Math.max(1, objective);
  const rows = [
    ...parts.map((part) => ({ ...part, segments: [part] })),
    { name: w.objective, detail: w.objectiveDetail, value: objective, segments: parts },
  ];
  return (
    <table class="terms">
      <caption>{w.terms}</caption>
      <tbody>
        {rows.map(({ name, detail, value, segments }) => (
          <tr key={name}>
            <th scope="row">
              {name} <small>{detail}</small>
            </th>
            <td class="track">
              {segments.map((segment) => (
                <span
                  key={segment.name}
                  data-colour={segment.colour}
                  style={{ inlineSize: `${(100 * Math.max(0, segment.value)) / scale}%` }}
                />
              ))}
            </td>
            <td class="number">{terms ? figure(rounded(value)) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** To four decimals: a term of a millionth is none. */
function rounded(value: number): number {
  return Math.round(1e4 * value) / 1e4;
}
