import { hostFunctions, writeLaneFunctions } from './kernels/functions.ts';
import type { Kernel } from './kernels/kernel-writer.ts';
import { buildModule, hostNamespace } from './writer/module.ts';

/** Runs one unit of work; `block` is the address of the arguments. */
export type KernelFunction = (block: number, unit: number) => void;

/** The compiled kernels of a backend, shared by its programs: each is written and compiled once. */
export class KernelLibrary {
  readonly #memory: WebAssembly.Memory;
  readonly #compiled = new Map<string, Promise<KernelFunction>>();

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /**
   * Begins to compile those kernels that are not there yet, off the calling thread: pages may not compile more than 4 kB
   * on theirs.
   */
  request(kernels: readonly Kernel[]): Promise<KernelFunction[]> {
    const missing = new Map(
      kernels.filter(({ key }) => !this.#compiled.has(key)).map((kernel) => [kernel.key, kernel]),
    );
    if (missing.size > 0) {
      const exported = compileKernels([...missing.values()], this.#memory);
      [...missing.keys()].forEach((key, i) => {
        this.#compiled.set(
          key,
          exported.then((functions) => functions[i]),
        );
      });
    }
    return Promise.all(kernels.map(({ key }) => this.#compiled.get(key) as Promise<KernelFunction>));
  }
}

async function compileKernels(kernels: readonly Kernel[], memory: WebAssembly.Memory): Promise<KernelFunction[]> {
  const named = kernels.map((kernel, i) => ({ ...kernel.emit(), name: `kernel${i}` }));
  const bytes = buildModule({ imports: hostFunctions, functions: [...writeLaneFunctions(), ...named] });
  const host = Object.fromEntries(hostFunctions.map(({ name, implementation }) => [name, implementation]));
  const { instance } = await WebAssembly.instantiate(bytes, { [hostNamespace]: { memory, ...host } });
  return named.map(({ name }) => instance.exports[name] as KernelFunction);
}
