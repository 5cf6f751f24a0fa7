import { hostFunctions, writeLaneFunctions } from './kernels/functions.ts';
import type { Kernel } from './kernels/kernel-writer.ts';
import type { Heap } from './memory/heap.ts';
import { buildModule, hostNamespace } from './writer/module.ts';

/** Runs one unit of work; `block` is the address of the arguments. */
export type KernelFunction = (block: number, unit: number) => void;

/** Kernels that were compiled together, numbered from `first` on in the order of the exports. */
export interface KernelModule {
  readonly module: WebAssembly.Module;
  readonly first: number;
}

interface Requested {
  readonly number: number;
  readonly compiled: Promise<void>;
}

/** The compiled kernels of a backend, shared by its programs: each is written and compiled once, and has a number. */
export class KernelLibrary {
  /** By number; those that are still being compiled are missing. */
  readonly functions: KernelFunction[] = [];
  readonly modules: KernelModule[] = [];
  readonly #heap: Heap;
  readonly #requested = new Map<string, Requested>();

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** The number of a kernel that was requested. */
  numberOf(kernel: Kernel): number {
    return this.#find(kernel).number;
  }

  /**
   * Numbers those kernels that are not there yet, and begins to compile them off the calling thread: pages may not
   * compile more than 4 kB on theirs.
   */
  async request(kernels: readonly Kernel[]): Promise<void> {
    const unknown = kernels.filter(({ key }) => !this.#requested.has(key));
    const missing = new Map(unknown.map((kernel) => [kernel.key, kernel]));
    if (missing.size > 0) {
      const first = this.#requested.size;
      const compiled = this.#compile([...missing.values()], first);
      [...missing.keys()].forEach((key, i) => void this.#requested.set(key, { number: first + i, compiled }));
    }
    await Promise.all(new Set(kernels.map((kernel) => this.#find(kernel).compiled)));
  }

  #find({ key }: Kernel): Requested {
    return this.#requested.get(key) as Requested;
  }

  async #compile(kernels: readonly Kernel[], first: number): Promise<void> {
    const exported = kernels.map((kernel, i) => ({ ...kernel.emit(), name: `kernel${i}` }));
    const { memory, sharedPages } = this.#heap;
    const functions = [...writeLaneFunctions(), ...exported];
    const bytes = buildModule({ imports: hostFunctions, functions, sharedPages });
    const module = await WebAssembly.compile(bytes);
    const instance = await WebAssembly.instantiate(module, { [hostNamespace]: { memory, pow: Math.pow } });
    Object.values(instance.exports).forEach((kernel, i) => {
      this.functions[first + i] = kernel as KernelFunction;
    });
    this.modules.push({ module, first });
  }
}
