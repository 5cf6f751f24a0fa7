import { useComputed } from '@preact/signals';
import type { PathRuleName } from 'igos/named';
import { useEngine } from '../../engine/use-engine.ts';
import { Choice, Slider } from '../../parts/controls.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Filmstrip } from '../../parts/filmstrip.tsx';
import { Formula, Sub, SumTo } from '../../parts/math.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, settings, state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { ErrorByPoints, ScoreAlong } from './charts.tsx';
import { PointPictures } from './point-pictures.tsx';
import { Ranking } from './ranking.tsx';
import './style.css';
import { Totals } from './totals.tsx';
import { words } from './words.ts';

const rules = ['right', 'midpoint', 'gauss'] as const satisfies readonly PathRuleName[];

function Figure() {
  const w = inLanguage(words);
  const path = useEngine('pathGradient', () => ({ baseline: baselineInUse.value, settings: settings.value }));
  const { updates: points, answer, busy } = path.value;
  const length = state['ig-steps'].value;
  const chosen = useComputed(() => Math.min(state.point.value, state['ig-steps'].value) - 1);
  const frame = {
    get value() {
      return chosen.value;
    },
    set value(index) {
      state.point.value = index + 1;
    },
  };
  const number = {
    get value() {
      return chosen.value + 1;
    },
    set value(point) {
      state.point.value = point;
    },
  };
  const ends = busy ? undefined : answer;
  return (
    <>
      <SubjectChooser />
      <Formula where={w.where}>
        <Sub of="d" at="IG" />
        <mo>=</mo>
        <SumTo index="s" last="S" />
        <Sub of="w" at="s" />
        <Sub of="t" at="s" />
        <mrow>
          <mo>∇</mo>
          <mi>f</mi>
          <mo>(</mo>
          <Sub of="t" at="s" />
          <mi>m</mi>
          <mo>)</mo>
        </mrow>
      </Formula>
      <div class="columns">
        <Slider label={w.points} value={state['ig-steps']} min={1} max={50} step={1} />
        <Choice label={w.rule} value={state.path} options={rules.map((rule) => [rule, w.rules[rule]])} />
      </div>
      <Filmstrip
        label={w.film}
        length={length}
        frames={points.map(({ pixels, index, fraction, score }) => ({
          image: pixels,
          label: w.frame(index + 1, figure(fraction), percent(score)),
        }))}
        chosen={frame}
      />
      <Slider label={w.point} value={number} min={1} max={length} step={1} format={(n) => w.of(n, length)} />
      <PointPictures points={points} chosen={chosen.value} size={answer?.size} />
      <div class="columns">
        <ScoreAlong points={points} ends={ends} chosen={chosen.value} />
        <ErrorByPoints />
      </div>
      <p>{w.rough}</p>
      <Totals points={points} ends={ends} />
      <Ranking points={points} ends={ends} />
      {path.value.failure && (
        <p role="alert">
          <Failed failure={path.value.failure} />
        </p>
      )}
    </>
  );
}

export const path: Chapter = {
  slug: 'path',
  title: { en: 'The integrated path', zh: '积分路径' },
  Figure,
  words,
};
