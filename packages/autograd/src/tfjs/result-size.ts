import type { Tensor } from '../graph/tensor.ts';
import { showShape, sizeOf } from '../shape.ts';
import { checkLimit, type ModelLimits } from './limits.ts';

/** What bounds the results of a network that is built for some images. */
export interface ResultBounds {
  readonly limits: ModelLimits;
  readonly batch: number;
}

/** Refuses a result that is too large for its batch, before any backend sets memory aside. */
export function checkElements({ shape }: Tensor, { limits, batch }: ResultBounds): void {
  checkLimit(limits, 'elements', [sizeOf(shape) / batch, `values for each image in a result of ${showShape(shape)}`]);
}

/** The number of images that a network is built for: the largest first extent of its inputs. */
export function batchOf(inputs: Iterable<Tensor>): number {
  return Math.max(1, ...Array.from(inputs, ({ shape }) => shape[0] ?? 1));
}
