import { stepped, sumOfSquares } from '../mask.ts';
import { makeTrial } from './backtrack.ts';
import type { LineSearch } from './line-search.ts';

/** Always the first step length, unchecked; the Armijo margin is logged all the same. */
export const fixed = (): LineSearch => ({
  judges: 'endpoint',
  search: async ({ mask, direction, start, evaluate }, { step, armijo }) => {
    const candidate = stepped(mask, direction, step);
    const bound = start - armijo * step * sumOfSquares(direction);
    return { candidate, trials: [makeTrial(step, await evaluate(candidate), bound)], failed: false };
  },
});
