import type { Tensor } from '../graph/tensor.ts';
import { constantValue } from '../index.ts';

/** Largest result that is computed while a network is built; axes, shapes and paddings are far smaller. */
export const knownValueLimit = 65_536;

/**
 * The values of a tensor that does not depend on the network's inputs, row-major; undefined when it does, or when
 * working them out would take more than a moment.
 */
export function knownValues(tensor: Tensor): readonly number[] | undefined {
  const value = constantValue(tensor, knownValueLimit);
  return value && Array.from(value.data);
}
