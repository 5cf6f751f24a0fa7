/** A node or a layer that cannot be read. */
export interface UnsupportedPart {
  readonly name: string;
  /** Op of the node, or class of the layer. */
  readonly op: string;
  /** What of a known op is not supported, such as an activation. */
  readonly detail?: string;
}

/** The faults that a program may want to tell in words of its own, as plain data. */
export type ModelFault =
  | { readonly kind: 'missing-file'; readonly path: string }
  /** A file that is there and cannot be read, or downloaded. */
  | { readonly kind: 'unreadable-file'; readonly path: string }
  /** One part of each kind that cannot be read. */
  | { readonly kind: 'unsupported'; readonly parts: readonly UnsupportedPart[] }
  /** A weight that holds NaN or infinity. */
  | { readonly kind: 'not-finite-weight'; readonly weight: string }
  /** Of what a limit bounds: `weightBytes`, and so on. */
  | { readonly kind: 'too-large'; readonly limit: string; readonly count: number; readonly most: number };

/** A model that cannot be read or used as given: one line that says what is wrong, where, and how to mend it. */
export class ModelError extends Error {
  override name = 'ModelError';
  /** Undefined for the many ways to be malformed. */
  readonly fault: ModelFault | undefined;

  constructor(message: string, { fault, ...options }: ErrorOptions & { readonly fault?: ModelFault } = {}) {
    super(message, options);
    this.fault = fault;
  }
}

/** A weight that is NaN or infinite. */
export class NotFiniteWeightError extends ModelError {
  override name = 'NotFiniteWeightError';

  constructor(message: string, weight: string) {
    super(message, { fault: { kind: 'not-finite-weight', weight } });
  }
}
