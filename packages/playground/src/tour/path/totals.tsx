import type { PathPointView, PathView } from '../../engine/handlers/path.ts';
import { figure, inLanguage } from '../../words/language.ts';
import { averageScore, evenTotal, pathSum, total } from './sums.ts';
import { words } from './words.ts';

/** What all cells add up to beside what they should, for both ways of counting the points. */
export function Totals({
  points,
  ends,
}: {
  readonly points: readonly PathPointView[];
  readonly ends: PathView | undefined;
}) {
  const w = inLanguage(words);
  const rows = ends
    ? [
        { name: w.even, rule: w.evenRule, sum: evenTotal(points), expected: ends.photo - ends.baseline },
        {
          name: w.scaled,
          rule: w.scaledRule,
          sum: total(pathSum(points)),
          expected: ends.photo - averageScore(points),
        },
      ]
    : [];
  return (
    <table class="totals">
      <caption>{w.totals}</caption>
      <thead>
        <tr>
          <td />
          {[w.sumColumn, w.expectedColumn, w.errorColumn].map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, rule, sum, expected }) => (
          <tr key={name}>
            <th scope="row">
              {name} <small>{rule}</small>
            </th>
            {[sum, expected, sum - expected].map((value, column) => (
              <td key={column}>{figure(value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
