import type { HostArray } from '../../../host-array.ts';
import type { KernelLibrary } from '../kernel-library.ts';
import { hostFunctions } from '../kernels/functions.ts';
import type { Heap } from '../memory/heap.ts';
import type { Script } from '../run/script.ts';
import type { StartWorker } from './start-worker.ts';
import { WorkerPool } from './worker-pool.ts';

/** What threads work with. */
export interface ThreadResources {
  readonly threads: number;
  readonly heap: Heap;
  readonly kernels: KernelLibrary;
}

/** What a program needs in every thread that runs it. */
export interface ThreadedProgram {
  readonly script: Script;
  /** Its constants, and its argument blocks in the first lane: what a thread with a memory of its own has to copy. */
  readonly parts: () => readonly MemoryPart[];
}

export interface MemoryPart {
  /** Tells one part from another that later takes its place. */
  readonly owner: object;
  /** Address and length in bytes. */
  readonly at: number;
  readonly bytes: number;
}

/** A run of a program in one lane. */
export interface LaneRun {
  /** Address of the lane's argument blocks. */
  readonly blocks: number;
  readonly turns: number;
  readonly inputs: readonly { readonly at: number; readonly data: HostArray['data'] }[];
  readonly outputs: readonly { readonly at: number; readonly floats: number }[];
  /** Memory to fill with NaN before the run. */
  readonly poison: { readonly at: number; readonly bytes: number } | undefined;
}

/** What a worker has been given so far. */
interface Known {
  modules: number;
  readonly programs: Map<ThreadedProgram, number>;
  readonly parts: WeakSet<object>;
}

const disposed = 'the wasm backend was disposed';

/**
 * The threads of a backend. With shared memory they can split one run between them; without, each works on runs of its own
 * in a copy of the memory.
 */
export class Threads {
  readonly count: number;
  readonly #startWorker: StartWorker;
  readonly #resources: ThreadResources;
  /** Address of two words where threads meet. */
  readonly #barrier: number;
  #pool: WorkerPool;
  #known: readonly Known[] = [];
  #nextProgram = 0;
  #unavailable = false;
  #disposed = false;

  constructor(startWorker: StartWorker, resources: ThreadResources) {
    this.count = resources.threads;
    this.#startWorker = startWorker;
    this.#resources = resources;
    this.#barrier = resources.heap.allocate(8);
    this.#pool = this.#open();
  }

  /** Whether threads can split one run. */
  get shareMemory(): boolean {
    return this.#resources.heap.isShared;
  }

  /** Whether threads run, once they have started. Where workers are not to be had, the calling thread does everything. */
  async available(): Promise<boolean> {
    if (this.#disposed) throw new Error(disposed);
    if (this.#unavailable) return false;
    if (this.#pool.ended) this.#pool = this.#open();
    try {
      await this.#pool.started();
      return true;
    } catch (error) {
      if (this.#disposed) throw error;
      this.#unavailable = true;
      return false;
    }
  }

  /** One run, whose calls all threads share out between them. */
  async split(program: ThreadedProgram, run: LaneRun): Promise<readonly Float32Array[]> {
    const jobs = Array.from({ length: this.count }, (_, thread) => {
      const own = thread === 0 ? run : { ...run, inputs: [], outputs: [], poison: undefined };
      return this.#run(thread, program, { ...own, thread, threads: this.count, barrier: this.#barrier });
    });
    const [results] = await Promise.all(jobs);
    return results;
  }

  /** One run on one thread. */
  alone(worker: number, program: ThreadedProgram, run: LaneRun): Promise<readonly Float32Array[]> {
    return this.#run(worker, program, { ...run, thread: 0, threads: 1 });
  }

  /** A program that will not be run again. */
  forget(program: ThreadedProgram): void {
    this.#known.forEach(({ programs }, worker) => {
      const number = programs.get(program);
      if (number === undefined) return;
      this.#pool.post(worker, { kind: 'forget', program: number });
      programs.delete(program);
    });
  }

  end(): void {
    this.#disposed = true;
    this.#pool.end(new Error(disposed));
  }

  #open(): WorkerPool {
    const { threads, heap } = this.#resources;
    heap.words.fill(0, this.#barrier / 4, this.#barrier / 4 + 2);
    this.#known = Array.from({ length: threads }, () => ({ modules: 0, programs: new Map(), parts: new WeakSet() }));
    return new WorkerPool({ threads, startWorker: this.#startWorker, shared: heap.isShared ? heap.memory : undefined });
  }

  #run(worker: number, program: ThreadedProgram, run: object): Promise<readonly Float32Array[]> {
    const { kernels, heap } = this.#resources;
    const known = this.#known[worker];
    for (const module of kernels.modules.slice(known.modules)) {
      this.#pool.post(worker, { kind: 'module', ...module, host: hostFunctions.map(({ name }) => name) });
    }
    known.modules = kernels.modules.length;
    if (!heap.isShared) this.#copyParts(worker, program);
    const number = known.programs.get(program) ?? this.#nextProgram++;
    if (!known.programs.has(program)) {
      const { before, turn, after } = program.script;
      this.#pool.post(worker, { kind: 'program', program: number, sections: { before, turn, after } });
      known.programs.set(program, number);
    }
    return this.#pool.run(worker, { program: number, ...run });
  }

  #copyParts(worker: number, program: ThreadedProgram): void {
    const { heap } = this.#resources;
    const { parts: known } = this.#known[worker];
    const missing = program.parts().filter(({ owner }) => !known.has(owner));
    for (const { owner } of missing) known.add(owner);
    const parts = missing.map(({ at, bytes }) => ({ at, data: heap.words.slice(at / 4, (at + bytes) / 4) }));
    this.#pool.post(worker, { kind: 'write', bytes: heap.memory.buffer.byteLength, parts });
  }
}
