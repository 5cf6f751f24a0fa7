import type { ComponentType } from 'preact';
import { Lab } from '../lab/index.tsx';
import type { InEvery } from '../words/language.ts';

/** A page beside the tour. */
export interface OtherPage {
  /** Its name in links. */
  readonly slug: string;
  readonly title: InEvery<string>;
  readonly Page: ComponentType;
}

/** In the order of the contents. */
export const pages: readonly OtherPage[] = [{ slug: 'lab', title: { en: 'The lab', zh: '实验室' }, Page: Lab }];
