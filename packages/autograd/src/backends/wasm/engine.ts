import type { KernelLibrary } from './kernel-library.ts';
import type { ConstantStore } from './memory/constants.ts';
import type { Heap } from './memory/heap.ts';
import type { Workspaces } from './memory/workspaces.ts';
import type { Threads } from './threads/threads.ts';

/** What the programs of one backend share. */
export interface Engine {
  readonly heap: Heap;
  readonly constants: ConstantStore;
  readonly workspaces: Workspaces;
  readonly kernels: KernelLibrary;
  /** Threads that compute; 1 is the calling one. */
  readonly threadCount: number;
  /** They themselves, where there are several. */
  readonly threads: Threads | undefined;
  /** Multiply-adds from which work is worth more than one thread. */
  readonly splitFrom: number;
  readonly multiplyAdd: boolean;
  /** How much of a core's cache what passes between neighbouring steps may take. */
  readonly cacheBytes: number;
  /** Fills the workspace with NaN before every run, so that a value read before it was written shows. */
  readonly poison: boolean;
}
