import type { MaskSize } from '../mask.ts';

/** What the terms that every problem has are multiplied by. */
export interface Weights {
  readonly l1: number;
  readonly tv: number;
}

/**
 * A term of the objective that looks at the mask alone. Value and gradient are computed on the host in float64, or by a
 * graph when they return promises.
 */
export interface Regularizer {
  readonly name: string;
  /** @param mask  row-major keep mask, values in [0, 1] */
  value(mask: ArrayLike<number>, size: MaskSize): number | Promise<number>;
  /** Derivative of `value` at every cell. */
  gradient(mask: ArrayLike<number>, size: MaskSize): Float64Array | Promise<Float64Array>;
  /** Frees what the term holds; called when its problem is disposed of. */
  dispose?(): void;
}

/** A regularizer computed on the host, at once. */
export interface HostRegularizer extends Regularizer {
  value(mask: ArrayLike<number>, size: MaskSize): number;
  gradient(mask: ArrayLike<number>, size: MaskSize): Float64Array;
}
