import type { Executable, ThreadUse } from '../../../backend.ts';
import type { Plan } from '../../../compile/plan.ts';
import type { KernelLibrary } from '../kernel-library.ts';
import type { LoweredProgram } from '../lower/program.ts';
import type { Heap } from '../memory/heap.ts';
import type { Region } from '../memory/region.ts';
import type { Lanes } from './lanes.ts';

export interface ThreadOptions {
  /**
   * Threads that compute, 64 at most. Default 1, the calling one; with more, the calling one only waits. Results are the same bytes
   * for any number. Where workers are not to be had, the calling thread does everything.
   */
  readonly threads?: number;
  /** Multiply-adds from which a run is worth more than one thread; default 10 million, a fraction of a millisecond. */
  readonly splitFrom?: number;
  /** Whether threads share one memory; by default where they can. */
  readonly shareMemory?: boolean;
}

/** A program that is to be run. */
export interface RunnerParts {
  readonly plan: Plan;
  readonly program: LoweredProgram;
  readonly lanes: Lanes;
  readonly constants: readonly Region[];
  readonly kernels: KernelLibrary;
  readonly poison: boolean;
}

export interface LoadedRunner extends Executable {
  /** The lane that the program runs in when it runs alone. */
  readonly firstLane: number;
}

/** Who runs the programs of a backend, and the memory that they run in. */
export interface Runners {
  readonly heap: Heap;
  /** All that programs hold, copies for threads included. */
  readonly memoryBytes: () => number;
  readonly threads: () => Promise<ThreadUse>;
  readonly load: (parts: RunnerParts) => LoadedRunner;
  readonly end: () => void;
}

/** What runs of programs fail with whose backend is gone. */
export const disposedMessage = 'the wasm backend was disposed';

/** Sets them up when the first program comes. */
export type StartRunners = (options: ThreadOptions) => Runners;
