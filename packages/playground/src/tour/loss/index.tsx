import { useComputed } from '@preact/signals';
import { defaultSettings } from 'igos/named';
import { drawMask } from '../../draw/maps.ts';
import { opened } from '../../engine/client.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { Slider } from '../../parts/controls.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Formula, Sub } from '../../parts/math.tsx';
import { Painter } from '../../parts/painter.tsx';
import { Picture } from '../../parts/picture.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, paintedSize, settings, state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { TryIt } from '../try-it.tsx';
import { Examples } from './examples.tsx';
import './style.css';
import { Terms } from './terms.tsx';
import { useMaskSearch } from './use-mask-search.ts';
import { maskSize, weightControl, weights } from './weights.ts';
import { words } from './words.ts';

function Figure() {
  const w = inLanguage(words);
  const view = opened.value.phase === 'ready' ? opened.value.view : undefined;
  const search = useMaskSearch();
  const { run, shown, drop } = search;
  const mask = useComputed(() => shown.value?.mask ?? state.paint.value.map((hidden) => (hidden ? 0 : 1)));
  const drawn = useComputed(() => drawMask({ data: Float64Array.from(mask.value), shape: maskSize }));
  const asked = useEngine('terms', () => ({
    mask: mask.value,
    baseline: baselineInUse.value,
    settings: { ...defaultSettings, tvBeta: state['tv-beta'].value, seed: state.seed.value, maskSize },
  }));
  const { answer } = asked.value;
  const paintAll = (hidden: boolean) => {
    drop();
    state.paint.value = state.paint.value.map(() => hidden);
  };
  return (
    <>
      <SubjectChooser />
      <Objective where={w.where} />
      <div class="columns">
        <div class="stack">
          {shown.value ? (
            <Picture
              image={answer?.pixels ?? view?.pixels}
              text={w.maskedText(percent(answer?.l1 ?? 0))}
              caption={w.foundCaption(figure(shown.value.weights.l1), figure(shown.value.weights.tv))}
            />
          ) : (
            <Painter
              image={answer?.pixels ?? view?.pixels}
              side={paintedSize}
              marked={state.paint}
              words={{ label: w.paint, cell: w.cell }}
            />
          )}
          <div class="present-mask">
            <Picture image={drawn.value} text={w.maskText(percent(answer?.l1 ?? 0))} caption={w.maskCaption} />
          </div>
        </div>
        <div class="stack">
          <Terms terms={answer} weights={weights.value} />
          <Slider
            label={w.l1}
            hint={w.l1Hint}
            value={weightControl('l1')}
            min={0}
            max={1}
            step={0.01}
            format={figure}
          />
          <Slider
            label={w.tv}
            hint={w.tvHint}
            value={weightControl('tv')}
            min={0}
            max={20}
            step={0.1}
            format={figure}
          />
        </div>
      </div>
      <div class="row actions">
        {run.running.value ? (
          <button type="button" onClick={run.stop}>
            {w.stop}
          </button>
        ) : (
          <button type="button" disabled={!view} onClick={run.start}>
            {w.run}
          </button>
        )}
        {shown.value && (
          <button type="button" class="quiet" onClick={drop}>
            {w.back}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => paintAll(false)}>
          {w.showAll}
        </button>
        <button type="button" class="quiet" onClick={() => paintAll(true)}>
          {w.hideAll}
        </button>
        <p role="status" class="progress">
          {run.running.value && w.step(run.steps.value.length, settings.value.iterations)}
          {run.end.value && w.ended(run.steps.value.length, figure(run.end.value.result.final.objective))}
          {run.failure.value && <Failed failure={run.failure.value} />}
        </p>
      </div>
      <TryIt text={w.tryIt} />
      <Examples search={search} />
    </>
  );
}

function Objective({ where }: { readonly where: string }) {
  return (
    <Formula where={where}>
      <mi>F</mi>
      <OfMask />
      <mo>=</mo>
      <mi>f</mi>
      <OfMask />
      <mo>+</mo>
      <Sub of="λ" at="1" />
      <mi>L1</mi>
      <mo>+</mo>
      <Sub of="λ" at="2" />
      <mi>TV</mi>
    </Formula>
  );
}

function OfMask() {
  return (
    <mrow>
      <mo>(</mo>
      <mi>m</mi>
      <mo>)</mo>
    </mrow>
  );
}

export const loss: Chapter = {
  slug: 'loss',
  title: { en: 'The loss', zh: '损失函数' },
  Figure,
  triesInside: true,
  words,
};
