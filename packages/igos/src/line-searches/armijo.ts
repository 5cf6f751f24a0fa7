import { sumOfSquares } from '../mask.ts';
import { backtrack } from './backtrack.ts';
import type { LineSearch, LineSearchFactory } from './line-search.ts';

/** F is the noise-free objective at the mask, as in the authors' 2020 code. */
export const armijo: LineSearchFactory = () => armijoJudgedBy('endpoint');

/** F is the path average plus the regularizers, which is what an integrated direction descends; one noise draw an iteration. */
export const armijoPath: LineSearchFactory = () => armijoJudgedBy('path');

/**
 * Backtracking with the condition F(clamp(m − a·d)) <= F(m) − armijo · a · ‖d‖², in which d is the direction itself and
 * not the gradient of F. ‖d‖² counts cells that cannot move, too.
 */
function armijoJudgedBy(judges: LineSearch['judges']): LineSearch {
  return {
    judges,
    search: (point, settings) => {
      const squares = sumOfSquares(point.direction);
      return backtrack(point, settings, (step) => settings.armijo * step * squares);
    },
  };
}
