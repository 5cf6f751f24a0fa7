import { type Backend, createWasmBackend } from '@igos/autograd';
import { startThreads } from '@igos/autograd/node';

/** Rows with threads are measured with each of these counts. */
export const threadCounts: readonly number[] = [1, 2];

/** The backend as `igos explain --backend wasm` opens it. */
export function openBackend(threads: number): Backend {
  return createWasmBackend(threads === 1 ? {} : { threads, startThreads });
}
