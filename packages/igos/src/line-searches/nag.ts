import { clamp01, sumOfSquares } from '../mask.ts';
import { makeTrial } from './backtrack.ts';
import type { LineSearch } from './line-search.ts';

/**
 * Nesterov's accelerated gradient with a fixed step, unchecked: y_k = m_k − a·d_k,
 * m_{k+1} = clamp(y_k + k/(k+3) · (y_k − y_{k−1})).
 *
 * @source Jiang, Khorram and Li 2023
 */
export const nag = (): LineSearch => {
  let previous: Float64Array | undefined;
  return {
    judges: 'endpoint',
    search: async ({ iteration, mask, direction, start, evaluate }, { step, armijo }) => {
      const ahead = Float64Array.from(mask, (value, i) => value - step * direction[i]!);
      const before = previous ?? ahead;
      previous = ahead;
      const momentum = iteration / (iteration + 3);
      const candidate = ahead.map((value, i) => clamp01(value + momentum * (value - before[i]!)));
      const bound = start - armijo * step * sumOfSquares(direction);
      return { candidate, trials: [makeTrial(step, await evaluate(candidate), bound)], failed: false };
    },
  };
};
