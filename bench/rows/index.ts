import { kernelsInPage } from '../chromium/kernels-in-page.ts';
import type { Group } from '../results/row.ts';
import { lite0Explanation, trained16Explanation } from './explanations.ts';
import { kernelRows, runKernels } from './kernels.ts';
import { lite0Gradient } from './lite0-gradient.ts';
import { memory } from './memory.ts';
import { networkRows } from './networks.ts';
import { lite0Work, maskSizes } from './own-explanation.ts';
import { size } from './size.ts';
import { start } from './start.ts';

/** In the order of the table. */
export const groups: readonly Group[] = [
  { title: 'Kernels', rows: kernelRows('node'), run: runKernels },
  networkRows,
  lite0Gradient,
  lite0Explanation,
  lite0Work,
  trained16Explanation,
  maskSizes,
  memory,
  size,
  start,
];

/** What `--chromium` runs. */
export const pageGroups: readonly Group[] = [kernelsInPage];
