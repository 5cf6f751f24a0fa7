/** A network or a picture that the page cannot explain; one line for the reader. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
}
