import type { HostArray } from '@igos/autograd';

/** A setting out of range or in conflict with the image; the message says which, what was expected and what came. */
export class OptionError extends Error {
  override name = 'OptionError';
  /**
   * The setting, for programs that tell it in words of their own: a size that does not go with that of the image, or a
   * start mask that is none.
   */
  readonly setting: 'maskSize' | 'blurSize' | 'medianSize' | 'initMask' | undefined;

  constructor(message: string, setting?: OptionError['setting']) {
    super(message);
    this.setting = setting;
  }
}

/** What is wrong with a target, as plain data, for programs that tell it in words of their own. */
export type TargetFault =
  | { readonly kind: 'no-such-class'; readonly index: number; readonly classes: number }
  | { readonly kind: 'no-labels'; readonly wanted: string }
  | { readonly kind: 'unknown-label'; readonly wanted: string; readonly nearest: string | undefined }
  /** The name of more than one class. */
  | { readonly kind: 'ambiguous-label'; readonly wanted: string; readonly classes: readonly number[] }
  /** Neither a number, a name, a difference nor a weighted sum. */
  | { readonly kind: 'unreadable'; readonly text: string };

/** A target that names no class, or more than one. */
export class TargetError extends Error {
  override name = 'TargetError';
  readonly fault: TargetFault;

  constructor(message: string, fault: TargetFault) {
    super(message);
    this.fault = fault;
  }
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
