import type { JudgedRun } from '../../engine/handlers/judge.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { decimals, inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** Smaller differences of areas than this are called none. */
const smallest = 0.01;

/** The numbers of the two runs side by side, their curves, and what they say together. */
export function Comparison({
  guarded,
  bare,
}: {
  readonly guarded: JudgedRun | undefined;
  readonly bare: JudgedRun | undefined;
}) {
  const w = inLanguage(words);
  const cells = (value: (run: JudgedRun) => number, write: (value: number) => string) =>
    [guarded, bare].map((run) => (run ? write(value(run)) : '–'));
  const rows = [
    [w.score, ...cells(({ result }) => result.final.probability, percent)],
    [w.area, ...cells(({ result }) => result.final.area, percent)],
    [w.deletionArea, ...cells(({ metrics }) => metrics.deletion.auc, decimals)],
    [w.insertionArea, ...cells(({ metrics }) => metrics.insertion.auc, decimals)],
  ];
  return (
    <>
      <table class="numbers">
        <caption>{w.numbers}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{w.guarded}</th>
            <th scope="col">{w.bare}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, first, second]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{first}</td>
              <td>{second}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status" class="verdict">
        {guarded && bare && w.verdicts[verdictOf(guarded, bare)]}
      </p>
      <div class="columns">
        <Curves title={w.deletion} of={({ deletion }) => deletion.curve} {...{ guarded, bare }} />
        <Curves title={w.insertion} of={({ insertion }) => insertion.curve} {...{ guarded, bare }} />
      </div>
    </>
  );
}

function verdictOf(guarded: JudgedRun, bare: JudgedRun): keyof (typeof words)['en']['verdicts'] {
  const deletion = bare.metrics.deletion.auc - guarded.metrics.deletion.auc;
  const insertion = bare.metrics.insertion.auc - guarded.metrics.insertion.auc;
  if (deletion > -smallest) return 'deletionStays';
  if (insertion > smallest) return 'insertionRises';
  return insertion < -smallest ? 'insertionFalls' : 'insertionStays';
}

function Curves({
  title,
  of,
  guarded,
  bare,
}: {
  readonly title: string;
  readonly of: (metrics: JudgedRun['metrics']) => Float64Array;
  readonly guarded: JudgedRun | undefined;
  readonly bare: JudgedRun | undefined;
}) {
  const w = inLanguage(words);
  const line = (run: JudgedRun | undefined, look: Omit<Series, 'points'>): Series => {
    const curve = run ? Array.from(of(run.metrics)) : [];
    return { ...look, marks: 'line', points: curve.map((score, step) => [step / (curve.length - 1), score]) };
  };
  return (
    <Chart
      title={title}
      x={{ label: w.replaced, range: [0, 1], format: (share) => percent(share, 0) }}
      y={{ label: title, range: [0, 1], format: (share) => percent(share, 0) }}
      series={[line(guarded, { name: w.guarded, colour: 1 }), line(bare, { name: w.bare, colour: 2, dashed: true })]}
    />
  );
}
