import { uniformStream } from '@igos/autograd';
import { checkNumber } from '../checks.ts';
import type { Baseline } from './baseline.ts';

/** Uniform noise between the smallest and the largest pixel value, seeded. */
export const noise: Baseline = ({ data }, { range: [low, high] = [0, 1], seed = 0 }) => {
  checkNumber('the lower end of the noise', low);
  checkNumber('the upper end of the noise', high, { min: low });
  const uniform = uniformStream(seed);
  return Float64Array.from({ length: data.length }, (_, i) => low + (high - low) * uniform(i));
};
