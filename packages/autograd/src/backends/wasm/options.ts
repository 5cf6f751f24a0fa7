import { canShareMemory, supportsMultiplyAdd, supportsSimd } from './features.ts';
import type { StartThreads } from './threads/start-threads.ts';

export interface WasmOptions {
  /**
   * Whether to use a fused multiply-add: faster, and rounded once instead of twice. By default where the engine has it
   * (relaxed SIMD); then the backend is called `wasm-fma`.
   */
  readonly multiplyAdd?: boolean;
  /**
   * Threads that compute. Default 1, the calling one; with more, the calling one only waits. Results are the same bytes
   * for any number. Where workers are not to be had, the calling thread does everything.
   */
  readonly threads?: number;
  /** How threads are started: `startThreads` of `@igos/autograd/node` or `/browser`. Needed for more than one. */
  readonly startThreads?: StartThreads;
  /** Multiply-adds from which a run is worth more than one thread; default 10 million, a fraction of a millisecond. */
  readonly splitFrom?: number;
  /**
   * How much of a processor core's cache what passes between neighbouring steps may take, in bytes: larger images pass in
   * bands of rows. Default 768 KiB. Changes speed and memory, never a result.
   */
  readonly cacheBytes?: number;
  /** Whether threads share one memory; by default where they can. */
  readonly shareMemory?: boolean;
  /**
   * Computes nothing and takes no memory: runs give zeros, and `memoryBytes` tells what real ones would have taken. A
   * rehearsal of any work tells what that needs, to the page of 64 KiB.
   */
  readonly rehearse?: boolean;
  /** For tests: fills memory with NaN before every run, so that a value read before it was written shows. */
  readonly poison?: boolean;
}

export type ResolvedWasmOptions = Required<Omit<WasmOptions, 'startThreads'>> & Pick<WasmOptions, 'startThreads'>;

/** Fills in the defaults, and checks that the machine has what is asked. */
export function resolveOptions(options: WasmOptions): ResolvedWasmOptions {
  const { threads = 1, startThreads, rehearse = false } = options;
  if (!supportsSimd()) {
    throw new Error(
      "the wasm backend needs WebAssembly with SIMD, which this engine lacks; use 'gpujs:cpu' or 'reference'",
    );
  }
  const multiplyAdd = options.multiplyAdd ?? supportsMultiplyAdd();
  if (multiplyAdd && !supportsMultiplyAdd()) {
    throw new Error('this engine has no fused multiply-add (relaxed SIMD); leave multiplyAdd out or set it to false');
  }
  if (!Number.isInteger(threads) || threads < 1) {
    throw new Error(`threads must be an integer of at least 1, got ${threads}`);
  }
  if (threads > 1 && !startThreads && !rehearse) {
    throw new Error(`${threads} threads need startThreads of @igos/autograd/node or @igos/autograd/browser`);
  }
  const { splitFrom = 10e6, cacheBytes = 768 * 1024, shareMemory = canShareMemory(), poison = false } = options;
  const own = startThreads && { startThreads };
  return { multiplyAdd, threads, rehearse, splitFrom, cacheBytes, shareMemory, poison, ...own };
}
