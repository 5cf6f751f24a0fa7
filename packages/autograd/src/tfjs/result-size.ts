import type { Tensor } from '../graph/tensor.ts';
import { showShape, sizeOf } from '../shape.ts';
import type { ModelLimits } from './limits.ts';
import { ModelError } from './model-error.ts';

/** Refuses a result that is too large for the batch that it was built for, before any backend sets memory aside. */
export function checkElements(result: Tensor, batch: number, limits: ModelLimits): void {
  if (sizeOf(result.shape) <= limits.elements * batch) return;
  const bound = `the limit is ${limits.elements} an image (limits.elements)`;
  throw new ModelError(`a result of shape ${showShape(result.shape)} has ${sizeOf(result.shape)} values; ${bound}`);
}

/** The number of images that a network is built for: the largest first extent of its inputs. */
export function batchOf(inputs: Iterable<Tensor>): number {
  return Math.max(1, ...Array.from(inputs, ({ shape }) => shape[0] ?? 1));
}
