import type { HostRegularizer } from './regularizer.ts';

/**
 * mean |1 − m|: the share of the image that is removed.
 *
 * Its derivative at m = 1 is taken as 0, so the term pushes nothing where nothing is removed.
 */
export const l1: HostRegularizer = {
  name: 'l1',
  value: (mask) => {
    let sum = 0;
    for (let i = 0; i < mask.length; i++) sum += Math.abs(1 - mask[i]!);
    return sum / mask.length;
  },
  gradient: (mask) => {
    const gradient = new Float64Array(mask.length);
    for (let i = 0; i < gradient.length; i++) gradient[i] = -Math.sign(1 - mask[i]!) / mask.length;
    return gradient;
  },
};
