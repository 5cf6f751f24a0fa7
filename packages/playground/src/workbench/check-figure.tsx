import { Chart } from '../parts/chart.tsx';
import { figure, inLanguage, powerOfTen, punctuation, scientific } from '../words/language.ts';
import type { CheckView } from './check.ts';
import { faultInWords } from './fault-words.ts';
import type { Task } from './use-task.ts';
import { words } from './words.ts';

/** The largest relative error of a derivative that is taken to be right. Rounding leaves 1e-10, a wrong factor 0.1. */
const tolerance = 1e-5;

/** No error is smaller than a float64 tells. */
const smallestShown = 1e-16;

/** Whether the derivative is right: in words, and as a plot. */
export function CheckFigure({ task }: { readonly task: Task<CheckView> }) {
  const w = inLanguage(words);
  const { value: ending } = task.ending;
  const view = ending && 'answer' in ending ? ending.answer : undefined;
  return (
    <section class="check">
      <h2>{w.checkTitle}</h2>
      <p class="progress">{task.busy.value && w.checking}</p>
      <div role="status">
        {ending && 'fault' in ending && <p class="fault">{faultInWords(ending.fault)}</p>}
        {view && <Verdict view={view} />}
      </div>
      {view && <Plot view={view} />}
    </section>
  );
}

function Verdict({ view: { kind, curves } }: { readonly view: CheckView }) {
  const w = inLanguage(words);
  const right = curves.find(({ smallest }) => smallest <= tolerance);
  const names = curves.map(({ of }) => w.functions[of]);
  const mayBeWrong = { rules: w.wrongRule, direction: w.wrongDirection, regularizer: '', path: '' }[kind];
  return (
    <>
      <p class="verdict" data-right={right !== undefined}>
        {right ? w.right(w.functions[right.of]) : w.wrong(names)}
        {!right && mayBeWrong && punctuation.value.gap + mayBeWrong}
      </p>
      <ul>
        {(right ? [right] : curves).map(({ of, claimed, measured, smallest }) => (
          <li key={of}>
            {w.numbers({
              of: w.functions[of],
              claimed: figure(claimed, 6),
              measured: figure(measured, 6),
              smallest: scientific(smallest, 2),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Plot({ view: { curves } }: { readonly view: CheckView }) {
  const w = inLanguage(words);
  const power = (value: number) => powerOfTen(Math.round(Math.log10(value)));
  return (
    <>
      <Chart
        title={w.plotTitle}
        x={{ label: w.step, range: [1e-8, 1e-1], logarithmic: true, format: power }}
        y={{ label: w.error, range: [smallestShown, 10], logarithmic: true, format: power }}
        series={curves.map(({ of, points }, i) => ({
          name: w.functions[of],
          points: points.map(({ step, error }) => [step, Math.max(error, smallestShown)] as const),
          colour: i === 0 ? (1 as const) : (2 as const),
          shape: i === 0 ? ('disc' as const) : ('cross' as const),
          dashed: i > 0,
        }))}
      />
      <p>
        <small>{w.plotKey}</small>
      </p>
    </>
  );
}
