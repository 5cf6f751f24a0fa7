import { armijo, armijoPath } from './armijo.ts';
import { armijoProjected } from './armijo-projected.ts';
import { fixed } from './fixed.ts';
import type { LineSearchFactory } from './line-search.ts';
import { nag } from './nag.ts';

export const lineSearches = {
  armijo,
  'armijo-path': armijoPath,
  'armijo-projected': armijoProjected,
  fixed,
  nag,
} satisfies Record<string, LineSearchFactory>;

export type LineSearchName = keyof typeof lineSearches;
