import type { KernelLibrary } from './kernel-library.ts';
import type { ConstantStore } from './memory/constants.ts';
import type { Heap } from './memory/heap.ts';
import type { Threads } from './threads/threads.ts';

/** What the programs of one backend share. */
export interface Engine {
  readonly heap: Heap;
  readonly constants: ConstantStore;
  readonly kernels: KernelLibrary;
  readonly threads: Threads | undefined;
  /** Multiply-adds from which work is worth more than one thread. */
  readonly splitFrom: number;
  readonly multiplyAdd: boolean;
  /** Fills the workspace with NaN before every run, so that a value read before it was written shows. */
  readonly poison: boolean;
}
