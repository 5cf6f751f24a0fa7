import { lab } from '../lab/page.ts';
import { workbench } from '../workbench/page.ts';
import type { FurtherPage } from './further-page.tsx';

/** What comes after the tour, in the order of the contents. */
export const furtherPages: readonly FurtherPage[] = [lab, workbench];
