import { Chart } from '../parts/chart.tsx';
import { Fence } from '../parts/fence.tsx';
import { Formula } from '../parts/math.tsx';
import { figure, inLanguage, percent, powerOfTen, punctuation, scientific } from '../words/language.ts';
import type { CheckView } from './check.ts';
import { FaultText } from './fault-text.tsx';
import type { Task } from './use-task.ts';
import { words } from './words.ts';

/** The largest relative error of a derivative that is taken to be right. Rounding leaves 1e-10, a wrong factor 0.1. */
const tolerance = 1e-5;

/** No error is smaller than a float64 tells. */
const smallestShown = 1e-16;

/** The shortest and the longest step of the plot. */
const steps = [1e-8, 1e-1] as const;

const boundStyle = { marks: 'line', colour: 4, dashed: true } as const;

/** Whether the derivative is right: in words, and as a plot. */
export function CheckFigure({
  task,
  onPurpose,
}: {
  readonly task: Task<CheckView>;
  /** Whether what is checked is known not to be the derivative, and shown for that. */
  readonly onPurpose: boolean;
}) {
  const w = inLanguage(words);
  const { value: ending } = task.ending;
  const view = ending && 'answer' in ending ? ending.answer : undefined;
  return (
    <section class="check">
      <h2>{w.checkTitle}</h2>
      <p class="progress">{task.busy.value && w.checking}</p>
      <div role="status">
        {ending && 'fault' in ending && (
          <p class="fault">
            <FaultText fault={ending.fault} />
          </p>
        )}
        {view && <Verdict {...{ view, onPurpose }} />}
      </div>
      {view && <Plot view={view} />}
    </section>
  );
}

type Verdict = 'right' | 'wrong' | 'other';

function Verdict({ view: { kind, curves }, onPurpose }: { readonly view: CheckView; readonly onPurpose: boolean }) {
  const w = inLanguage(words);
  const right = curves.find(({ smallest }) => smallest <= tolerance);
  const names = curves.map(({ of }) => w.functions[of]);
  const [name = ''] = names;
  const told = {
    rules: onPurpose ? w.onPurpose(name) : w.otherRule(name),
    direction: w.otherDirection(names),
    regularizer: w.wrong(name),
    path: w.wrong(name),
  };
  const mayDiffer = kind === 'rules' || kind === 'direction';
  const verdict: Verdict = right ? 'right' : mayDiffer ? 'other' : 'wrong';
  return (
    <>
      <p class="verdict" data-verdict={verdict}>
        {right ? w.right(w.functions[right.of]) : told[kind]}
      </p>
      <ul>
        {(right ? [right] : curves).map((curve) => (
          <li key={curve.of}>{numbers(curve)}</li>
        ))}
      </ul>
    </>
  );
}

/** Both slopes, how far they are apart, and what that means. */
function numbers({ of, claimed, measured, smallest }: CheckView['curves'][number]): string {
  const w = inLanguage(words);
  const slopes = w.slopes({ of: w.functions[of], claimed: figure(claimed, 6), measured: figure(measured, 6) });
  const digits = Math.floor(-Math.log10(Math.max(smallest, smallestShown)));
  const distance = { smallest: scientific(smallest, 2), digits: figure(digits), share: percent(smallest, 0) };
  return slopes + punctuation.value.gap + (smallest <= tolerance ? w.agree(distance) : w.apart(distance));
}

function Plot({ view: { curves } }: { readonly view: CheckView }) {
  const w = inLanguage(words);
  const power = (value: number) => powerOfTen(Math.round(Math.log10(value)));
  return (
    <>
      <Chart
        title={w.plotTitle}
        x={{ label: w.step, range: steps, logarithmic: true, format: power }}
        y={{ label: w.error, range: [smallestShown, 10], logarithmic: true, format: power }}
        series={[
          ...curves.map(({ of, points }, i) => ({
            name: w.functions[of],
            points: points.map(({ step, error }) => [step, Math.max(error, smallestShown)] as const),
            colour: i === 0 ? (1 as const) : (2 as const),
            shape: i === 0 ? ('disc' as const) : ('cross' as const),
          })),
          { name: w.bound, points: steps.map((step) => [step, tolerance] as const), ...boundStyle },
        ]}
      />
      <p>
        <small>{w.plotKey}</small>
      </p>
      <p>{w.how}</p>
      <Formula where={w.where}>
        <CentralDifference />
      </Formula>
    </>
  );
}

/** (f(x + h d) − f(x − h d)) / 2h */
function CentralDifference() {
  const moved = (sign: string) => (
    <>
      <mi>f</mi>
      <Fence>(</Fence>
      <mi>x</mi>
      <mo>{sign}</mo>
      <mi>h</mi>
      <mi>d</mi>
      <Fence>)</Fence>
    </>
  );
  return (
    <mfrac>
      <mrow>
        {moved('+')}
        <mo>−</mo>
        {moved('−')}
      </mrow>
      <mrow>
        <mn>2</mn>
        <mi>h</mi>
      </mrow>
    </mfrac>
  );
}
