import type { Backend } from '../../backend.ts';
import type { Engine } from './engine.ts';
import { loadPlan } from './executable.ts';
import { KernelLibrary } from './kernel-library.ts';
import { ConstantStore } from './memory/constants.ts';
import { Heap } from './memory/heap.ts';
import { Workspaces } from './memory/workspaces.ts';
import { type ResolvedWasmOptions, resolveOptions, type WasmOptions } from './options.ts';

/**
 * WebAssembly with SIMD, in Node and in pages. Its kernels are written for each program when it is compiled. All programs
 * of one backend share one memory, the packed weights and the kernels.
 *
 * With `threads`, these share the work of a run where memory can be shared: in Node, and in pages that are isolated from
 * other origins. Elsewhere `runAll` still gives each thread runs of its own. A thread that dies is an error of the runs
 * under way; the next run starts new ones.
 *
 * @throws Error on a machine without WebAssembly SIMD, or for threads that cannot be
 */
export function createWasmBackend(options: WasmOptions = {}): Backend {
  const resolved = resolveOptions(options);
  let engine: Engine | undefined;
  return {
    name: resolved.multiplyAdd ? 'wasm-fma' : 'wasm',
    precision: 'float32',
    fuses: true,
    loops: true,
    batch: 1,
    load: (plan) => {
      engine ??= startEngine(resolved);
      return loadPlan(plan, engine);
    },
    memoryBytes: () => (engine ? bytesOf(engine) : 0),
    dispose: () => {
      engine?.threads?.end();
      engine = undefined;
    },
  };
}

function startEngine(options: ResolvedWasmOptions): Engine {
  const { multiplyAdd, threads, startThreads, shareMemory, splitFrom, cacheBytes, rehearse, poison } = options;
  const heap = new Heap({ shared: threads > 1 && shareMemory, imagined: rehearse });
  const kernels = new KernelLibrary(heap);
  return {
    ...{ heap, kernels, constants: new ConstantStore(heap), workspaces: new Workspaces(heap) },
    ...{ multiplyAdd, splitFrom, cacheBytes, poison },
    threadCount: threads,
    threads: threads > 1 && !rehearse ? startThreads?.({ threads, heap, kernels }) : undefined,
  };
}

/** Threads with memories of their own have copies of all of it. */
function bytesOf({ heap, threadCount }: Engine): number {
  return heap.bytes * (threadCount > 1 && !heap.isShared ? 1 + threadCount : 1);
}
