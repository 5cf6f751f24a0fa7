import type { KernelLibrary } from './kernel-library.ts';
import type { ConstantStore } from './memory/constants.ts';
import type { Heap } from './memory/heap.ts';
import type { Workspaces } from './memory/workspaces.ts';
import type { Runners } from './run/runners.ts';

/** What the programs of one backend share. */
export interface Engine {
  readonly heap: Heap;
  readonly constants: ConstantStore;
  readonly workspaces: Workspaces;
  readonly kernels: KernelLibrary;
  readonly runners: Runners;
  readonly multiplyAdd: boolean;
  /** How much of a core's cache what passes between neighbouring steps may take. */
  readonly cacheBytes: number;
  /** Fills the workspace with NaN before every run, so that a value read before it was written shows. */
  readonly poison: boolean;
}
