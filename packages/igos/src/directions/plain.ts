import type { Direction } from './direction.ts';

/** The gradient of the score at the masked image itself, as in Fong and Vedaldi 2017. */
export const plain: Direction = async ({ problem, mask, ...options }) => {
  const { gradient } = await problem.gradient(mask, options);
  return { gradient };
};
