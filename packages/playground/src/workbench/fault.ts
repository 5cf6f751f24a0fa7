import type { Failure } from '../engine/failure.ts';
import type { RunSlip, SyntaxSlip } from './mistakes.ts';

/** What can be wrong with a reader's code, as plain data: the page says it in words. */
export type Fault = {
  /** From 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
} & Complaint;

export type Complaint =
  /** With the engine's own words, and what is usually meant by them. */
  | { readonly what: 'syntax'; readonly slip: SyntaxSlip; readonly message: string }
  | { readonly what: 'thrown'; readonly slip: RunSlip; readonly message: string }
  /** The code was not even begun. */
  | { readonly what: 'worker'; readonly failure: Failure }
  /** It was not done in so many seconds. */
  | { readonly what: 'slow'; readonly seconds: number }
  /** By the reader. */
  | { readonly what: 'stopped' }
  /** What `export default` gives is no function, or the function gives none of the parts, or several. */
  | { readonly what: 'no-function' | 'no-part' | 'several-parts' }
  /** A part, or a member of it, is not what it should be: `rules.relu` is a number. */
  | { readonly what: 'wrong-type'; readonly name: string; readonly wanted: 'function' | 'array' | 'object' }
  /** A rule for something that the network does not have. */
  | { readonly what: 'no-such-op'; readonly name: string; readonly ops: readonly string[] }
  | { readonly what: 'wrong-length'; readonly name: string; readonly wanted: number; readonly got: number }
  /** NaN or infinite. */
  | { readonly what: 'not-finite'; readonly name: string }
  /** A number outside of what makes sense: weights that do not sum to 1, nodes outside (0, 1]. */
  | { readonly what: 'path-weights'; readonly sum: number }
  | { readonly what: 'path-nodes'; readonly node: number };

/** A fault on its way to where it is told. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.what);
    this.complaint = complaint;
  }
}
