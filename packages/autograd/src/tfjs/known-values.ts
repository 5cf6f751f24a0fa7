import type { Tensor } from '../graph/tensor.ts';
import { partsOf, topologicalOrder } from '../graph/topology.ts';
import { constantValue } from '../index.ts';
import { sizeOf } from '../shape.ts';

/** Largest result that is computed while a network is built; axes, shapes and paddings are far smaller. */
export const knownValueLimit = 65_536;

/**
 * The values of a tensor that does not depend on the network's inputs, row-major; undefined when it does, or when
 * working them out would take more than a moment.
 */
export function knownValues(tensor: Tensor): readonly number[] | undefined {
  const order = topologicalOrder([tensor], partsOf);
  if (order.some(({ shape }) => sizeOf(shape) > knownValueLimit)) return undefined;
  const value = constantValue(tensor);
  return value && Array.from(value.data);
}
