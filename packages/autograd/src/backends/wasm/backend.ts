import type { Backend } from '../../backend.ts';
import type { Engine } from './engine.ts';
import { loadPlan } from './executable.ts';
import { KernelLibrary } from './kernel-library.ts';
import { ConstantStore } from './memory/constants.ts';
import { Workspaces } from './memory/workspaces.ts';
import { resolveOptions, type WasmOptions } from './options.ts';

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
  const { startRunners, ...resolved } = resolveOptions(options);
  let engine: Engine | undefined;
  const startEngine = (): Engine => {
    const runners = startRunners(options);
    const { heap } = runners;
    return {
      ...{ heap, runners, ...resolved },
      ...{ kernels: new KernelLibrary(heap), constants: new ConstantStore(heap), workspaces: new Workspaces(heap) },
    };
  };
  return {
    name: resolved.multiplyAdd ? 'wasm-fma' : 'wasm',
    precision: 'float32',
    fuses: true,
    loops: true,
    batch: 1,
    load: (plan) => {
      engine ??= startEngine();
      return loadPlan(plan, engine);
    },
    memoryBytes: () => engine?.runners.memoryBytes() ?? 0,
    threads: () => {
      engine ??= startEngine();
      return engine.runners.threads();
    },
    dispose: () => {
      engine?.runners.end();
      engine = undefined;
    },
  };
}
