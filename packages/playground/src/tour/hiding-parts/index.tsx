import { useComputed } from '@preact/signals';
import { opened } from '../../engine/client.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { Meter } from '../../parts/meter.tsx';
import { Painter } from '../../parts/painter.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, paintedSize, settings, state } from '../../state/page-state.ts';
import { inLanguage, percent } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { words } from './words.ts';

function Figure() {
  const w = inLanguage(words);
  const view = opened.value.phase === 'ready' ? opened.value.view : undefined;
  const size = [paintedSize, paintedSize] as const;
  const masked = useEngine('masked', () => {
    const mask = state.paint.value.map((hidden) => (hidden ? 0 : 1));
    return { mask, size, baseline: baselineInUse.value, settings: settings.value };
  });
  const hidden = useComputed(() => state.paint.value.filter(Boolean).length / paintedSize ** 2);
  const { answer } = masked.value;
  return (
    <>
      <SubjectChooser />
      <div class="columns">
        <Painter
          image={answer?.pixels ?? view?.pixels}
          side={paintedSize}
          marked={state.paint}
          words={{ label: w.paint, cell: w.cell }}
        />
        <div class="stack">
          <Meter label={w.score(view?.target ?? '')} value={answer?.score} text={percent(answer?.score ?? 0)} />
          <Meter label={w.hidden} value={hidden.value} text={percent(hidden.value)} />
          <p>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                state.paint.value = state.paint.value.map(() => false);
              }}
            >
              {w.showAll}
            </button>
          </p>
        </div>
      </div>
    </>
  );
}

export const hidingParts: Chapter = {
  slug: 'hiding-parts',
  title: { en: 'Hiding parts', zh: '遮住一部分' },
  Figure,
  words,
};
