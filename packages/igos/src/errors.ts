import type { HostArray } from '@igos/autograd';

/** A setting out of range or in conflict with the image; the message says which, what was expected and what came. */
export class OptionError extends Error {
  override name = 'OptionError';
}

/** A target that names no class, or more than one. */
export class TargetError extends Error {
  override name = 'TargetError';
}

export interface NotFiniteDetails {
  /** What was NaN or infinite: `score`, `path gradient`, `image`, … */
  readonly quantity: string;
  /** Iteration it happened in, from 0; absent before the first one. */
  readonly iteration?: number;
  /** Mask with the lowest objective seen so far, `[rows, columns]`. */
  readonly bestMask?: HostArray;
}

/** A number became NaN or infinite; the last good mask goes with it. */
export class NotFiniteError extends Error {
  override name = 'NotFiniteError';
  readonly quantity: string;
  readonly iteration: number | undefined;
  readonly bestMask: HostArray | undefined;

  constructor({ quantity, iteration, bestMask }: NotFiniteDetails) {
    const when = iteration === undefined ? '' : ` in iteration ${iteration}`;
    super(`the ${quantity} is not finite${when}: check the input scaling and the weights of the model`);
    this.quantity = quantity;
    this.iteration = iteration;
    this.bestMask = bestMask;
  }
}
