import { supportsMultiplyAdd, supportsSimd } from './features.ts';
import { runOnCallingThread } from './run/calling-thread.ts';
import type { StartRunners, ThreadOptions } from './run/runners.ts';
import type { StartThreads } from './threads/start-threads.ts';

export interface WasmOptions extends ThreadOptions {
  /**
   * Whether to use a fused multiply-add: faster, and rounded once instead of twice. By default where the engine has it
   * (relaxed SIMD); then the backend is called `wasm-fma`.
   */
  readonly multiplyAdd?: boolean;
  /** How threads are started: `startThreads` of `@igos/autograd/node` or `/browser`. Needed for more than one thread. */
  readonly startThreads?: StartThreads;
  /**
   * How much of a processor core's cache what passes between neighbouring steps may take, in bytes: larger images pass in
   * bands of rows. Default 768 KiB. Changes speed and memory, never a result.
   */
  readonly cacheBytes?: number;
  /** `rehearse` of `@igos/autograd`: computes nothing and takes no memory, and `memoryBytes` tells what would be taken. */
  readonly rehearse?: StartRunners;
  /** For tests: fills memory with NaN before every run, so that a value read before it was written shows. */
  readonly poison?: boolean;
}

export interface ResolvedWasmOptions extends Required<Pick<WasmOptions, 'multiplyAdd' | 'cacheBytes' | 'poison'>> {
  readonly startRunners: StartRunners;
}

/** Far above what any run can use: each thread takes memory, and time to start. */
const mostThreads = 64;

/** Fills in the defaults, and checks that the machine has what is asked. */
export function resolveOptions(options: WasmOptions): ResolvedWasmOptions {
  const { threads = 1, startThreads, rehearse, cacheBytes = 768 * 1024, poison = false } = options;
  if (!supportsSimd()) {
    throw new Error(
      "the wasm backend needs WebAssembly with SIMD, which this engine lacks; use 'gpujs:cpu' or 'reference'",
    );
  }
  const multiplyAdd = options.multiplyAdd ?? supportsMultiplyAdd();
  if (multiplyAdd && !supportsMultiplyAdd()) {
    throw new Error('this engine has no fused multiply-add (relaxed SIMD); leave multiplyAdd out or set it to false');
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    throw new Error(`threads must be an integer from 1 to ${mostThreads}, got ${threads}`);
  }
  const startRunners = rehearse ?? (threads > 1 ? startThreads : runOnCallingThread);
  if (!startRunners) {
    throw new Error(`${threads} threads need startThreads of @igos/autograd/node or @igos/autograd/browser`);
  }
  return { multiplyAdd, cacheBytes, poison, startRunners };
}
