import { useComputed } from '@preact/signals';
import { presets } from 'igos/named';
import { drawMask } from '../../draw/maps.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { igosRequest, useIgosRun } from '../../engine/use-igos-run.ts';
import { Failed } from '../../parts/failed.tsx';
import { Picture } from '../../parts/picture.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { state } from '../../state/page-state.ts';
import { inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { SearchControls } from './controls.tsx';
import { ArmijoCondition } from './formula.tsx';
import { SearchPlot } from './plot.tsx';
import { lengthsBetween, searchOf, tellingIteration } from './search.ts';
import '../../parts/run-figure.css';
import './style.css';
import { Outcome } from './outcome.tsx';
import { Trials } from './trials.tsx';
import { words } from './words.ts';

/** Places on the curve; each along the path costs as many looks as the path has points. */
const curvePoints = { endpoint: 61, path: 25 };

function Figure() {
  const w = inLanguage(words);
  const run = useIgosRun(() => true);
  const lineSearch = useComputed(() => state['line-search'].value ?? presets[state.preset.value].lineSearch);
  const shown = useComputed(() => {
    const { value: steps } = run.steps;
    return Math.min(state.iteration.value ?? tellingIteration(steps), steps.length);
  });
  const chosen = useComputed(() => run.steps.value[shown.value - 1]);
  const search = useComputed(() => {
    const settings = { lineSearch: lineSearch.value, armijo: state.armijo.value };
    return chosen.value && searchOf(run.steps.peek(), shown.value, settings);
  });
  const range = useComputed((): readonly [number, number] => {
    const [longest, shortest] = [state.step.value, Math.min(state['min-step'].value, state.step.value / 10)];
    return [Math.min(shortest, ...(chosen.value?.trialLog ?? []).map(({ step }) => step)), longest];
  });
  const along = useEngine('along', () => {
    if (!search.value) return undefined;
    const { step, before, byPath } = search.value;
    const points = lengthsBetween(...range.value, byPath ? curvePoints.path : curvePoints.endpoint);
    const steps = [...step.trialLog.map((trial) => trial.step), ...points];
    const weights = { l1: step.l1Weight, tv: step.tvWeight };
    const { direction, k } = step;
    return { ...igosRequest.value, mask: before, direction, steps, weights, pathOf: byPath ? k : undefined };
  });
  const masked = useEngine('masked', () => {
    const { mask, size } = chosen.value ?? {};
    return mask && size && { ...igosRequest.value, mask, size };
  });
  const { step } = search.value ?? {};
  const steps = run.steps.value.length;
  return (
    <div class="run-figure line-search">
      <SubjectChooser />
      <div class="searched abreast">
        <div class="stack">
          {search.value && (
            <SearchPlot
              {...{ search: search.value, range: range.value, iteration: shown.value }}
              curve={along.value.updates}
            />
          )}
          <ArmijoCondition />
          <p class="progress">
            {run.running.value && w.running(steps, state.iterations.value)}
            {run.failure.value && <Failed failure={run.failure.value} />}
          </p>
        </div>
        <SearchControls lineSearch={lineSearch.value} {...{ shown: shown.value, steps }} />
      </div>
      <Outcome
        search={search.value}
        iteration={shown.value}
        ends={steps === shown.value && run.end.value?.result.stopped === 'failed-search'}
      />
      {lineSearch.value === 'nag' && <p>{w.nagNote}</p>}
      <div class="searched abreast">
        {search.value && <Trials search={search.value} />}
        <div class="columns after">
          <Picture
            image={chosen.value && drawMask({ data: chosen.value.mask, shape: chosen.value.size })}
            text={w.maskAfter}
            caption={w.maskAfter}
          />
          <Picture
            image={masked.value.answer?.pixels}
            text={w.pictureAfter(percent(step?.score ?? 0))}
            caption={step && w.pictureAfter(percent(step.score))}
          />
        </div>
      </div>
    </div>
  );
}

export const lineSearch: Chapter = {
  slug: 'line-search',
  title: { en: 'The line search', zh: '线搜索' },
  Figure,
  words,
};
