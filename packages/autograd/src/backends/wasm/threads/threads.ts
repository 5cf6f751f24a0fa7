import type { ThreadUse } from '../../../backend.ts';
import type { KernelLibrary } from '../kernel-library.ts';
import { Heap } from '../memory/heap.ts';
import type { LaneRun } from '../run/runner.ts';
import { disposedMessage, type ThreadOptions } from '../run/runners.ts';
import type { Script } from '../run/script.ts';
import { createSharedMemory } from './shared-memory.ts';
import { resolveSharing, type Sharing } from './sharing.ts';
import type { StartWorker } from './start-worker.ts';
import { WorkerPool } from './worker-pool.ts';

/** What a program needs in every thread that runs it. */
export interface ThreadedProgram {
  readonly script: Script;
  readonly kernels: KernelLibrary;
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

/** What a worker has been given so far. */
interface Known {
  modules: number;
  readonly programs: Map<ThreadedProgram, number>;
  readonly parts: WeakSet<object>;
}

/**
 * The threads of a backend. With shared memory they can split one run between them; without, each works on runs of its own
 * in a copy of the memory.
 */
export class Threads {
  readonly heap: Heap;
  readonly sharing: Sharing;
  readonly #startWorker: StartWorker;
  /** Address of two words where threads meet. */
  readonly #barrier: number;
  #pool: WorkerPool;
  #known: readonly Known[] = [];
  /** By worker: settled when what was asked for last is done. */
  readonly #turns: Promise<void>[] = [];
  #nextProgram = 0;
  /** Why workers are not to be had. */
  #failure: Error | undefined;
  #disposed = false;

  constructor(startWorker: StartWorker, options: ThreadOptions) {
    this.sharing = resolveSharing(options);
    this.#startWorker = startWorker;
    this.heap = new Heap(this.sharing.shareMemory ? createSharedMemory() : {});
    this.#barrier = this.heap.allocate(8);
    this.#pool = this.#open();
  }

  /** Whether threads run, once they have started. Where workers are not to be had, the calling thread does everything. */
  async available(): Promise<boolean> {
    if (this.#disposed) throw new Error(disposedMessage);
    if (this.#failure) return false;
    if (this.#pool.ended) this.#pool = this.#open();
    try {
      await this.#pool.started();
      return true;
    } catch (error) {
      if (this.#disposed) throw error;
      this.#failure = error as Error;
      return false;
    }
  }

  async use(): Promise<ThreadUse> {
    return (await this.available()) ? { count: this.sharing.threads } : { count: 1, failure: this.#failure };
  }

  /** One run, whose calls all threads share out between them. */
  async split(program: ThreadedProgram, run: LaneRun): Promise<void> {
    const { threads } = this.sharing;
    const jobs = Array.from({ length: threads }, (_, thread) => {
      return this.#run(thread, program, { ...run, thread, threads, barrier: this.#barrier });
    });
    await Promise.all(jobs);
  }

  /** One run on one thread. */
  alone(worker: number, program: ThreadedProgram, run: LaneRun): Promise<readonly Float32Array[]> {
    return this.#run(worker, program, { ...run, thread: 0, threads: 1 });
  }

  /** Does something with a worker's memory when nothing else does any more. */
  inTurn<T>(worker: number, use: () => Promise<T>): Promise<T> {
    const before = this.#turns[worker] ?? Promise.resolve();
    const mine = before.then(use);
    this.#turns[worker] = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
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
    this.#pool.end(new Error(disposedMessage));
  }

  #open(): WorkerPool {
    const { heap } = this;
    const { threads, shareMemory } = this.sharing;
    new Int32Array(heap.memory.buffer, this.#barrier, 2).fill(0);
    this.#known = Array.from({ length: threads }, () => ({ modules: 0, programs: new Map(), parts: new WeakSet() }));
    return new WorkerPool({ threads, startWorker: this.#startWorker, shared: shareMemory ? heap.memory : undefined });
  }

  #run(worker: number, program: ThreadedProgram, run: object): Promise<readonly Float32Array[]> {
    const { kernels } = program;
    const known = this.#known[worker];
    for (const module of kernels.modules.slice(known.modules)) {
      this.#pool.post(worker, { kind: 'module', ...module });
    }
    known.modules = kernels.modules.length;
    if (!this.sharing.shareMemory) this.#copyParts(worker, program);
    const number = known.programs.get(program) ?? this.#nextProgram++;
    if (!known.programs.has(program)) {
      const { before, turn, after } = program.script;
      this.#pool.post(worker, {
        kind: 'program',
        program: number,
        sections: { before: before.calls, turn: turn.calls, after: after.calls },
      });
      known.programs.set(program, number);
    }
    return this.#pool.run(worker, { program: number, ...run });
  }

  #copyParts(worker: number, program: ThreadedProgram): void {
    const { heap } = this;
    const { parts: known } = this.#known[worker];
    const missing = program.parts().filter(({ owner }) => !known.has(owner));
    for (const { owner } of missing) known.add(owner);
    const parts = missing.map(({ at, bytes }) => ({
      at,
      data: new Int32Array(heap.memory.buffer.slice(at, at + bytes)),
    }));
    this.#pool.post(worker, { kind: 'write', bytes: heap.memory.buffer.byteLength, parts });
  }
}
