import type { Backend } from '../../backend.ts';
import { type Engine, loadPlan } from './executable.ts';
import { supportsMultiplyAdd, supportsSimd } from './features.ts';
import { KernelLibrary } from './kernel-library.ts';
import { ConstantStore } from './memory/constants.ts';
import { Heap } from './memory/heap.ts';

export interface WasmOptions {
  /**
   * Whether to use a fused multiply-add: faster, and rounded once instead of twice. By default where the engine has it
   * (relaxed SIMD); then the backend is called `wasm-fma`.
   */
  readonly multiplyAdd?: boolean;
  /** For tests: fills memory with NaN before every run, so that a value read before it was written shows. */
  readonly poison?: boolean;
}

/**
 * WebAssembly with SIMD on one thread, in Node and in pages. Its kernels are written for each program when it is compiled.
 * All programs of one backend share one memory, the packed weights and the kernels.
 *
 * @throws Error on a machine without WebAssembly SIMD
 */
export function createWasmBackend({ multiplyAdd, poison = false }: WasmOptions = {}): Backend {
  if (!supportsSimd()) {
    throw new Error(
      "the wasm backend needs WebAssembly with SIMD, which this engine lacks; use 'gpujs:cpu' or 'reference'",
    );
  }
  const fused = multiplyAdd ?? supportsMultiplyAdd();
  if (fused && !supportsMultiplyAdd()) {
    throw new Error('this engine has no fused multiply-add (relaxed SIMD); leave multiplyAdd out or set it to false');
  }
  let engine: Engine | undefined;
  const start = (): Engine => {
    const heap = new Heap();
    return {
      heap,
      constants: new ConstantStore(heap),
      kernels: new KernelLibrary(heap.memory),
      multiplyAdd: fused,
      poison,
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
      engine = undefined;
    },
  };
}
