import type { Failure } from '../engine/failure.ts';

type Kinds = Failure['what'];

/** What is told of each kind of failure: what happened, where, and how to mend it. Names in it are cut to a readable length. */
export type FailureWords = {
  readonly [What in Kinds]: (failure: Failure & { readonly what: What }) => string;
} & {
  /** Begins a failure that came unasked. */
  readonly failed: string;
  /** Before the words of whoever found it, which are English. */
  readonly original: string;
  /** What a program found NaN or infinite, by the names of `NotFiniteError`. */
  readonly quantities: Readonly<Record<string, string>>;
};
