import { adversarial } from './adversarial/index.tsx';
import type { Chapter } from './chapter.ts';
import { hidingParts } from './hiding-parts/index.tsx';
import { isItTrue } from './is-it-true/index.tsx';
import { whatItSees } from './what-it-sees/index.tsx';

/** The tour, in reading order. */
export const chapters: readonly [Chapter, ...Chapter[]] = [whatItSees, hidingParts, adversarial, isItTrue];
