import { BackendUnavailableError, DeviceLostError, OutOfMemoryError } from '@igos/autograd';
import { ModelError } from '@igos/autograd/tfjs';
import { NotFiniteError, OptionError, TargetError } from 'igos';
import { NpyError } from 'igos/pictures';
import { type Failure, failureIn } from './failure.ts';

/** What the libraries or the page have thrown, as data. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ModelError) {
    const { fault, message: original } = error;
    return fault ? named('model', fault) : { what: 'model-damaged', original };
  }
  if (error instanceof TargetError) return named('target', error.fault);
  if (error instanceof NpyError) return named('array', error.fault);
  if (error instanceof NotFiniteError) {
    return { what: 'not-finite', quantity: error.quantity, iteration: error.iteration };
  }
  if (error instanceof OptionError) {
    const { setting, message: original } = error;
    return setting === 'initMask' ? { what: 'start-mask', original } : { what: 'setting', setting, original };
  }
  if (error instanceof OutOfMemoryError) return { what: 'memory' };
  if (error instanceof DeviceLostError) return { what: 'gpu-lost' };
  if (error instanceof BackendUnavailableError) return { what: 'gpu-missing', original: error.message };
  return failureIn(error);
}

/** The fault of a package under the name that it has on the page. */
function named(prefix: 'model' | 'target' | 'array', { kind, ...values }: { readonly kind: string }): Failure {
  return { what: `${prefix}-${kind}`, ...values } as Failure;
}
