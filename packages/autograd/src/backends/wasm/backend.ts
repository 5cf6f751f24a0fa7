import type { Backend } from '../../backend.ts';
import type { Engine } from './engine.ts';
import { loadPlan } from './executable.ts';
import { canShareMemory, supportsMultiplyAdd, supportsSimd } from './features.ts';
import { KernelLibrary } from './kernel-library.ts';
import { ConstantStore } from './memory/constants.ts';
import { Heap } from './memory/heap.ts';
import type { StartWorker } from './threads/start-worker.ts';
import { Threads } from './threads/threads.ts';

export interface WasmOptions {
  /**
   * Whether to use a fused multiply-add: faster, and rounded once instead of twice. By default where the engine has it
   * (relaxed SIMD); then the backend is called `wasm-fma`.
   */
  readonly multiplyAdd?: boolean;
  /**
   * Threads that compute, beside the calling one, which then only waits: default 1, which is the calling one. Results
   * are the same bytes for any number. Where workers are not to be had, one thread does everything.
   */
  readonly threads?: number;
  /** How threads are started: `startWorker` of `@igos/autograd/node` or `/browser`. Needed for more than one. */
  readonly startWorker?: StartWorker;
  /** Multiply-adds from which a run is worth more than one thread; default 10 million, a fraction of a millisecond. */
  readonly splitFrom?: number;
  /** Whether threads share one memory; by default where they can. */
  readonly shareMemory?: boolean;
  /** For tests: fills memory with NaN before every run, so that a value read before it was written shows. */
  readonly poison?: boolean;
}

/**
 * WebAssembly with SIMD, in Node and in pages. Its kernels are written for each program when it is compiled. All programs
 * of one backend share one memory, the packed weights and the kernels.
 *
 * With `threads`, they share the work of a run where memory can be shared between them: in Node, and in pages that are
 * isolated from other origins. Elsewhere `runAll` still gives each thread a run of its own. A thread that dies is an error
 * of the runs under way; the next run starts new ones.
 *
 * @throws Error on a machine without WebAssembly SIMD, or for threads that cannot be
 */
export function createWasmBackend(options: WasmOptions = {}): Backend {
  const {
    multiplyAdd,
    poison = false,
    threads = 1,
    startWorker,
    splitFrom = 10e6,
    shareMemory = canShareMemory(),
  } = options;
  if (!supportsSimd()) {
    throw new Error(
      "the wasm backend needs WebAssembly with SIMD, which this engine lacks; use 'gpujs:cpu' or 'reference'",
    );
  }
  const fused = multiplyAdd ?? supportsMultiplyAdd();
  if (fused && !supportsMultiplyAdd()) {
    throw new Error('this engine has no fused multiply-add (relaxed SIMD); leave multiplyAdd out or set it to false');
  }
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`threads must be an integer of at least 1, got ${threads}`);
  if (threads > 1 && !startWorker) {
    throw new Error(`${threads} threads need startWorker, from '@igos/autograd/node' or '@igos/autograd/browser'`);
  }
  let engine: Engine | undefined;
  const start = (): Engine => {
    const heap = new Heap({ shared: threads > 1 && shareMemory });
    const kernels = new KernelLibrary(heap);
    return {
      ...{ heap, kernels, poison, splitFrom, multiplyAdd: fused, constants: new ConstantStore(heap) },
      threads: startWorker && threads > 1 ? new Threads({ threads, startWorker, heap, kernels }) : undefined,
    };
  };
  return {
    name: fused ? 'wasm-fma' : 'wasm',
    precision: 'float32',
    fuses: true,
    loops: true,
    load: (plan) => {
      engine ??= start();
      return loadPlan(plan, engine);
    },
    dispose: () => {
      engine?.threads?.end();
      engine = undefined;
    },
  };
}
