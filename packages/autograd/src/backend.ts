import type { NoiseSource } from './compile/host-noise.ts';
import type { Plan } from './compile/plan.ts';
import type { HostArray } from './host-array.ts';

/**
 * What a backend fulfils. `compile` turns a graph into a plan; the backend binds the plan to kernels and memory.
 */
export interface Backend {
  /** `reference`, `gpujs:webasm`, …: what `--backend` takes and what reports say really ran. */
  readonly name: string;
  readonly precision: 'float64' | 'float32';
  /** Whether elementwise chains are to be merged, alone or into the contraction before them. */
  readonly fuses: boolean;
  /** Whether it runs plans with a loop. A backend without takes many images in one run instead. */
  readonly loops: boolean;
  /**
   * Images in one run that suit it: one where a processor's caches count, some where calls cost, many on a graphics card.
   */
  readonly batch: number;
  /** `noiseFromHost` for a backend that cannot make noise: the host makes it before a run. */
  readonly hostNoise?: NoiseSource;
  /** Allocates buffers and uploads constants. */
  load(plan: Plan): Executable;
  /** Memory that it and its programs hold now, in bytes, where it can tell. */
  memoryBytes?(): number;
  /** Threads that compute, once they have started, where it has threads of its own. */
  threads?(): Promise<ThreadUse>;
  /** Frees what the backend itself holds; its executables are unusable afterwards. */
  dispose(): void;
}

export interface ThreadUse {
  /** 1 where the calling thread does everything. */
  readonly count: number;
  /** Why there are fewer than were asked for. */
  readonly failure?: Error | undefined;
}

/** A plan bound to a backend's kernels and memory. */
export interface Executable {
  /**
   * Runs every step. Arrays come and go in the order of `plan.inputs` and `plan.outputs`; results belong to the caller.
   * Those that differ from turn to turn of a loop are stacked, and their first axis tells how many turns there are.
   * A run must be awaited before the next one begins; `compile` sees to that.
   *
   * @param timings  when given, receives the milliseconds of each step
   */
  run(inputs: readonly HostArray[], timings?: Float64Array): Promise<HostArray[]>;
  /**
   * Several runs, at once where that is faster; results in their order.
   *
   * @param before  called with a run's number before it begins; when it throws, no more begin and it is thrown on
   */
  runAll?(runs: readonly (readonly HostArray[])[], before: (run: number) => void): Promise<HostArray[][]>;
  dispose(): void;
}
