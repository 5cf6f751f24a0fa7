import { adversarial } from './adversarial/index.tsx';
import { baseline } from './baseline/index.tsx';
import type { Chapter } from './chapter.ts';
import { gradient } from './gradient/index.tsx';
import { hidingParts } from './hiding-parts/index.tsx';
import { isItTrue } from './is-it-true/index.tsx';
import { lineSearch } from './line-search/index.tsx';
import { loss } from './loss/index.tsx';
import { path } from './path/index.tsx';
import { whatItSees } from './what-it-sees/index.tsx';
import { wholeLoop } from './whole-loop/index.tsx';

/** The tour, in reading order. */
export const chapters: readonly [Chapter, ...Chapter[]] = [
  whatItSees,
  hidingParts,
  baseline,
  gradient,
  path,
  loss,
  lineSearch,
  wholeLoop,
  adversarial,
  isItTrue,
];
