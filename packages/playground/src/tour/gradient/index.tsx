import { EngineStatus } from '../../parts/engine-status.tsx';
import { SubjectChooser } from '../../parts/subject.tsx';
import type { Chapter } from '../chapter.ts';
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
      <TwoCells />
    </>
  );
}

export const gradient: Chapter = {
  slug: 'gradient',
  title: { en: 'The gradient', zh: '梯度' },
  Figure,
  words,
};
