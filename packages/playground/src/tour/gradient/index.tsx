import { EngineStatus } from '../../parts/engine-status.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import { inLanguage } from '../../words/language.ts';
import type { Chapter } from '../chapter.ts';
import { TryIt } from '../try-it.tsx';
import { GradientMaps } from './maps.tsx';
import { Saturation } from './saturation.tsx';
import { TwoCells } from './two-cells.tsx';
import { useGradients } from './use-gradients.ts';
import { words } from './words.ts';
import './style.css';

function Figure() {
  const gradients = useGradients();
  return (
    <>
      <SubjectChooser />
      <Saturation gradients={gradients} />
      <GradientMaps gradients={gradients} />
      <EngineStatus asked={gradients.asked} />
      <TryIt text={inLanguage(words).tryIt} />
      <TwoCells />
    </>
  );
}

export const gradient: Chapter = {
  slug: 'gradient',
  title: { en: 'The gradient', zh: '梯度' },
  Figure,
  triesInside: true,
  words,
};
