import type { ComponentType } from 'preact';
import type { InEvery } from '../words/language.ts';

/** A step of the tour. */
export interface Chapter {
  /** Its name in links. */
  readonly slug: string;
  readonly title: InEvery<string>;
  readonly Figure: ComponentType;
  /** The figure has several parts, and shows the thing to try beside the one that it is about. */
  readonly triesInside?: true;
  readonly words: InEvery<ChapterWords>;
}

/** What every chapter says around its figure. */
export interface ChapterWords {
  /** Paragraphs before the figure. */
  readonly text: readonly string[];
  /** One thing to do with the figure. */
  readonly tryIt: string;
  /** Paragraphs for those who have tried it. */
  readonly more?: readonly string[];
  readonly question: Question;
}

export interface Question {
  readonly asks: string;
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly text: string;
  readonly right?: boolean;
  /** Said when it is chosen. */
  readonly why: string;
}
