import { useComputed } from '@preact/signals';
import { type BaselineName, baselines } from 'igos/named';
import type { UsedBaseline } from '../../engine/baseline-key.ts';
import { blurWidths } from '../../engine/blur-width.ts';
import { opened } from '../../engine/client.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { EngineStatus } from '../../parts/engine-status.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { baselineInUse, settings } from '../../state/page-state.ts';
import type { Chapter } from '../chapter.ts';
import { BlurStrength } from './blur-strength.tsx';
import { Gallery } from './gallery.tsx';
import { Masks } from './masks.tsx';
import { words } from './words.ts';
import './style.css';

const builtIn = Object.keys(baselines) as BaselineName[];

function Figure() {
  const compares = useComputed((): readonly UsedBaseline[] => {
    return baselineInUse.value === 'own' ? [...builtIn, 'own'] : builtIn;
  });
  const compared = useEngine('compareBaselines', () => ({ names: compares.value, settings: settings.value }));
  const blurs = useEngine('compareBlurs', () => {
    if (opened.value.phase !== 'ready') return undefined;
    const [height = 0, width = 0] = opened.value.view.inputShape;
    return { sizes: blurWidths([height, width]) };
  });
  // What is new stands before what was there, which is shown until then.
  const views = useComputed(() => {
    const { answer = [], updates } = compared.value;
    return new Map([...answer, ...updates].map((view) => [view.name, view]));
  });
  const curve = useComputed(() => {
    const { answer, updates } = blurs.value;
    return updates.length > 0 ? updates : (answer ?? []);
  });
  return (
    <>
      <SubjectChooser />
      <Gallery names={compares.value} views={views} score={curve.value.find(({ size }) => size === 1)?.score} />
      <BlurStrength view={views.value.get('blur')} curve={curve.value} />
      <EngineStatus asked={[compared, blurs]} />
      <Masks views={views} />
    </>
  );
}

export const baseline: Chapter = {
  slug: 'baseline',
  title: { en: 'The baseline', zh: '基线' },
  Figure,
  words,
};
