import { useComputed } from '@preact/signals';
import { useEngine } from '../../engine/use-engine.ts';
import { Slider } from '../../parts/controls.tsx';
import { FailedAlert } from '../../parts/failed.tsx';
import { Filmstrip } from '../../parts/filmstrip.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, settings, state } from '../../state/page-state.ts';
import { figure, inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { TryIt } from '../try-it.tsx';
import { ScoreAlong } from './charts.tsx';
import { Completeness } from './completeness.tsx';
import { PointPictures } from './point-pictures.tsx';
import { Ranking } from './ranking.tsx';
import './style.css';
import { words } from './words.ts';

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
      <ScoreAlong points={points} ends={ends} chosen={chosen.value} />
      <Completeness points={points} ends={ends} />
      <TryIt text={w.tryIt} />
      <Ranking points={points} ends={ends} />
      {path.value.failure && <FailedAlert failure={path.value.failure} />}
    </>
  );
}

export const path: Chapter = {
  slug: 'path',
  title: { en: 'The integrated path', zh: '积分路径' },
  Figure,
  triesInside: true,
  words,
};
