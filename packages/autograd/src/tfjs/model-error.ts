/** A model that cannot be read or used as given: one line that says what is wrong, where, and how to mend it. */
export class ModelError extends Error {
  override name = 'ModelError';
}

/** A weight that is NaN or infinite. */
export class NotFiniteWeightError extends ModelError {
  override name = 'NotFiniteWeightError';
}
