import type { Direction } from './direction.ts';

/**
 * I-GOS: the gradient of the average score along the path from the baseline to the masked image. It sees evidence that
 * the plain gradient misses where the score is saturated.
 *
 * @source Qi, Khorram and Li 2020; differentiated through the path's factors, as in the authors' code
 */
export const integrated: Direction = async ({ problem, mask, ...options }) => {
  const { gradient, ...path } = await problem.pathGradient(mask, options);
  return { gradient, path };
};
