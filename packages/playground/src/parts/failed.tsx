import type { Failure } from '../engine/failure.ts';
import { failureFrame, failureInWords } from '../words/failures.ts';

/** What went wrong, in the language of the reader, and what its finder said, where that says more. */
export function FailureText({ failure }: { readonly failure: Failure }) {
  return (
    <>
      {failureInWords(failure)}
      {'original' in failure && (
        <>
          {failureFrame().original}“<span lang="en">{failure.original}</span>”
        </>
      )}
    </>
  );
}

/** The same for what came unasked. */
export function Failed({ failure }: { readonly failure: Failure }) {
  return (
    <>
      {failureFrame().failed}
      <FailureText failure={failure} />
    </>
  );
}

/** The same in a line of its own, read out at once. */
export function FailedAlert({ failure }: { readonly failure: Failure }) {
  return (
    <p role="alert">
      <Failed {...{ failure }} />
    </p>
  );
}
