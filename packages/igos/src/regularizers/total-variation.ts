import { checkNumber } from '../checks.ts';
import { directions, powerOf } from './differences.ts';
import type { HostRegularizer } from './regularizer.ts';

/**
 * mean |vertical difference|^beta + mean |horizontal difference|^beta, each over its own number of differences.
 *
 * 0 for a constant mask; a side of length 1 has no differences and adds nothing.
 *
 * @param beta  exponent, >= 1 (2 in the authors' code); below 1 the derivative at equal neighbours is infinite
 */
export function totalVariation(beta: number): HostRegularizer {
  checkNumber('the exponent of the total variation', beta, { min: 1 });
  const power = powerOf(beta);
  return {
    name: 'tv',
    value: (mask, size) => {
      let value = 0;
      for (const { each, count } of directions) {
        let sum = 0;
        each(size, (a, b) => {
          sum += power.value(mask[a]! - mask[b]!);
        });
        if (count(size) > 0) value += sum / count(size);
      }
      return value;
    },
    gradient: (mask, size) => {
      const gradient = new Float64Array(mask.length);
      for (const { each, count } of directions) {
        each(size, (a, b) => {
          const slope = power.slope(mask[a]! - mask[b]!) / count(size);
          gradient[a]! += slope;
          gradient[b]! -= slope;
        });
      }
      return gradient;
    },
  };
}
