import { sumOfSquares } from '../mask.ts';
import { backtrack } from './backtrack.ts';
import type { LineSearch } from './line-search.ts';

/**
 * Backtracking with the condition F(clamp(m − a·d)) <= F(m) − armijo · a · ‖d‖², in which d is the direction itself and
 * not the gradient of F. ‖d‖² counts cells that cannot move, too.
 */
const armijoJudgedBy = (judges: LineSearch['judges']) => (): LineSearch => ({
  judges,
  search: (point, settings) => {
    const squares = sumOfSquares(point.direction);
    return backtrack(point, settings, (step) => settings.armijo * step * squares);
  },
});

/** F is the noise-free objective at the mask, as in the authors' 2020 code. */
export const armijo = armijoJudgedBy('endpoint');

/** F is the path average plus the regularizers, which is what an integrated direction descends; one noise draw an iteration. */
export const armijoPath = armijoJudgedBy('path');
