import { type Backend, createWasmBackend } from '@igos/autograd';

/** Thread counts that the backend `wasm` offers. Rows with threads are measured with each. */
export const threadCounts: readonly number[] = [1];

/** The backend as `igos explain --backend wasm` opens it. */
export function openBackend(_threads: number): Backend {
  return createWasmBackend();
}
