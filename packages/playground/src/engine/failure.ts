import type { ModelFault } from '@igos/autograd/tfjs';
import type { TargetFault } from 'igos';
import type { NpyFault } from 'igos/pictures';

/** Faults of a package under names of their own: `missing-file` of a model is `model-missing-file`. */
type Named<Prefix extends string, Fault extends { readonly kind: string }> = Fault extends unknown
  ? { readonly what: `${Prefix}-${Fault['kind']}` } & Omit<Fault, 'kind'>
  : never;

/** In the words of whoever found it, which are English. */
interface Quoted {
  readonly original: string;
}

/** What went wrong, as plain data: the page says it in the language of the reader, by `words/failures.ts`. */
export type Failure =
  | { readonly what: 'no-picture' | 'picture-memory' }
  | { readonly what: 'picture-too-large'; readonly megapixels: number; readonly most: number }
  /** No status: nobody answered. */
  | { readonly what: 'picture-not-fetched'; readonly status?: number }
  | Named<'array', NpyFault>
  | {
      readonly what: 'array-shape' | 'baseline-shape';
      readonly got: readonly number[];
      readonly wanted: readonly number[];
    }
  | Named<'model', ModelFault>
  | ({ readonly what: 'model-damaged' } & Quoted)
  | {
      readonly what: 'no-such-output';
      readonly model: string;
      readonly wanted: string;
      readonly outputs: readonly string[];
    }
  | { readonly what: 'no-encoding' | 'no-classifier' | 'no-finite-answer' | 'no-scale'; readonly model: string }
  | { readonly what: 'label-count'; readonly model: string; readonly labels: number; readonly classes: number }
  | { readonly what: 'bad-scale'; readonly text: string }
  | Named<'target', TargetFault>
  | { readonly what: 'not-finite'; readonly quantity: string; readonly iteration?: number | undefined }
  | ({ readonly what: 'setting'; readonly setting?: 'maskSize' | 'blurSize' | 'medianSize' | undefined } & Quoted)
  | ({ readonly what: 'start-mask' } & Quoted)
  | { readonly what: 'too-many-files'; readonly most: number }
  | { readonly what: 'files-not-read' | 'model-not-here' | 'nothing-open' | 'run-gone' | 'part-not-loaded' }
  | { readonly what: 'worker-not-started' | 'gpu-lost' | 'measuring-lost' | 'memory' }
  | ({ readonly what: 'gpu-missing' } & Quoted)
  | ({ readonly what: 'unforeseen' } & Quoted);

/** A failure on its way to where it is told. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('original' in failure ? failure.original : failure.what);
    this.failure = failure;
  }
}

/** Names of what a browser throws for files that were moved or changed since they were chosen. */
const fileErrors: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError']);

/** What was thrown as data: whatever the page does not know is told in its own words. */
export function failureIn(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof DOMException && fileErrors.has(error.name)) return { what: 'files-not-read' };
  return { what: 'unforeseen', original: error instanceof Error ? error.message : String(error) };
}
