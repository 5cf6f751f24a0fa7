import type { DeletionInsertion } from 'igos';
import { drawMask } from '../draw/maps.ts';
import { Chart } from '../parts/chart.tsx';
import { Picture } from '../parts/picture.tsx';
import { figure, inLanguage, percent } from '../words/language.ts';
import { AreaView, shareInUse } from './area-view.tsx';
import { type NumberName, numbersOf, numberText } from './numbers.ts';
import type { LabResult } from './run-store.ts';
import { warningWords } from './warning-words.ts';
import { words } from './words.ts';

/** What came out of a run: pictures and numbers. */
export function ResultView({ result }: { readonly result: LabResult }) {
  const w = inLanguage(words);
  const { pictures, metrics, subject, result: run } = result.view;
  const [height = 1, width = 1] = subject.image.shape;
  return (
    <>
      <p>{w.about(subject.model.name, result.recipe.image, subject.target.label)}</p>
      <div class="columns three">
        <Picture image={pictures.overlay} text={w.overlay} caption={w.overlay} />
        <Picture image={drawMask(run.mask)} text={w.mask} caption={w.mask} aspect={width / height} />
        <Picture image={pictures.masked} text={w.masked} caption={w.masked} />
      </div>
      <div class="columns">
        <Numbers result={result} />
        {metrics && <Curves metrics={metrics} />}
      </div>
      <AreaView isShare={result.recipe.score === 'probability'} />
      {run.warnings.length > 0 && (
        <>
          <h3>{w.warnings}</h3>
          <ul>
            {run.warnings.map(({ kind }) => (
              <li key={kind}>{inLanguage(warningWords)[kind](run)}</li>
            ))}
          </ul>
        </>
      )}
      <EngineLine result={result} />
    </>
  );
}

function Numbers({ result }: { readonly result: LabResult }) {
  const w = inLanguage(words);
  const numbers = Object.entries(numbersOf(result)) as [NumberName, number | undefined][];
  const isShare = result.recipe.score === 'probability';
  const { steps } = result.view;
  const { stopped } = result.view.result;
  return (
    <dl class="facts">
      {numbers.map(([name, value]) => (
        <div key={name} data-name={name}>
          <dt>{w.numbers[name]}</dt>
          <dd>{numberText(name, value, isShare)}</dd>
        </div>
      ))}
      <div>
        <dt>{w.ended}</dt>
        <dd>{stopped === 'iterations' && steps.length === 0 ? w.stepless : w.stoppedWhy[stopped]}</dd>
      </div>
    </dl>
  );
}

function Curves({ metrics: { deletion, insertion, steps } }: { readonly metrics: DeletionInsertion }) {
  const w = inLanguage(words);
  const points = (curve: Float64Array) => Array.from(curve, (value, i) => [i / steps, value] as const);
  const all = [...deletion.curve, ...insertion.curve];
  const range = [Math.min(0, ...all), Math.max(1, ...all)] as const;
  return (
    <Chart
      title={w.curves}
      x={{ label: w.curveX, range: [0, 1], format: (share) => percent(share, 0) }}
      y={{ label: w.curveY, range }}
      cursor={shareInUse()}
      series={[
        { name: w.deletion, points: points(deletion.curve), marks: 'line', colour: 2, dashed: true },
        { name: w.insertion, points: points(insertion.curve), marks: 'line', colour: 1 },
      ]}
    />
  );
}

/** What computed, how fast, and in how much memory. */
function EngineLine({ result: { view } }: { readonly result: LabResult }) {
  const w = inLanguage(words);
  const { engine, result, seconds } = view;
  const speed = figure(result.evaluations / seconds, 2);
  return (
    <p class="engine">
      {w.engine(engine.name, engine.threads, speed)}
      <br />
      {engine.bytes !== undefined && w.memory(figure(engine.bytes / 1e6, 2))}
    </p>
  );
}
