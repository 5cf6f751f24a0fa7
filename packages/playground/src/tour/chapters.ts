import type { Chapter } from './chapter.ts';
import { whatItSees } from './what-it-sees/index.tsx';

/** The tour, in reading order. */
export const chapters: readonly [Chapter, ...Chapter[]] = [whatItSees];
