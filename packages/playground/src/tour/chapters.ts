import type { Chapter } from './chapter.ts';
import { hidingParts } from './hiding-parts/index.tsx';
import { lineSearch } from './line-search/index.tsx';
import { whatItSees } from './what-it-sees/index.tsx';
import { wholeLoop } from './whole-loop/index.tsx';

/** The tour, in reading order. */
export const chapters: readonly [Chapter, ...Chapter[]] = [whatItSees, hidingParts, lineSearch, wholeLoop];
