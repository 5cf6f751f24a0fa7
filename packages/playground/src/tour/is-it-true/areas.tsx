import type { JudgedRun } from '../../engine/handlers/judge.ts';
import { decimals, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

interface Entry {
  readonly name: string;
  readonly run: JudgedRun | undefined;
}

/** Both areas of every method; the best of each is marked once all are there. */
export function Areas({
  entries,
  mask,
}: {
  readonly entries: readonly Entry[];
  /** Of I-GOS, once it has ended. */
  readonly mask: { readonly data: Float32Array } | undefined;
}) {
  const w = inLanguage(words);
  const metrics = entries.map(({ run }) => run?.metrics);
  const least = Math.min(...metrics.map((each) => each?.deletion.auc ?? Number.NaN));
  const most = Math.max(...metrics.map((each) => each?.insertion.auc ?? Number.NaN));
  return (
    <>
      <table class="numbers areas">
        <caption>{w.areas}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{w.deletionArea}</th>
            <th scope="col">{w.insertionArea}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ name, run }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <Area value={run?.metrics.deletion.auc} best={least} />
              <Area value={run?.metrics.insertion.auc} best={most} />
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status">
        {mask && w.ties(percent(mask.data.filter((keep) => keep === 1).length / mask.data.length, 0))}
      </p>
    </>
  );
}

function Area({ value, best }: { readonly value: number | undefined; readonly best: number }) {
  const w = inLanguage(words);
  return (
    <td>
      {value !== undefined && value === best && <small>{w.best} </small>}
      {value === undefined ? '–' : decimals(value)}
    </td>
  );
}
