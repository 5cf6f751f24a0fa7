import { Settlement } from './settlement.ts';
import type { StartWorker, WorkerHandle } from './start-worker.ts';
import { workerSource } from './worker-source.ts';

interface Worker {
  readonly handle: WorkerHandle;
  readonly started: Settlement<void>;
  readonly jobs: Map<number, Settlement<readonly Float32Array[]>>;
}

/** Named fields that a worker takes by their kind. */
type Message = { readonly kind: string } & Readonly<Record<string, unknown>>;

interface Reply {
  readonly ready?: true;
  readonly job?: number;
  readonly outputs?: readonly Float32Array[];
  readonly error?: string;
}

export interface PoolOptions {
  readonly threads: number;
  readonly startWorker: StartWorker;
  /** The memory that all threads share; without it each has one of its own. */
  readonly shared: WebAssembly.Memory | undefined;
}

/** A thread of the wasm backend that is gone, with the runs that it was at. The next run starts new ones. */
class ThreadError extends Error {
  override readonly name = 'ThreadError';
}

/** Some worker threads, and the jobs that they are doing. When one dies, all end, and so do their jobs, with its cause. */
export class WorkerPool {
  readonly #workers: Worker[] = [];
  #nextJob = 0;
  #end: Error | undefined;

  constructor({ threads, startWorker, shared }: PoolOptions) {
    try {
      for (let number = 0; number < threads; number++) this.#workers.push(this.#start(number, startWorker));
      for (const { handle } of this.#workers) handle.post({ kind: 'start', shared });
    } catch (cause) {
      this.end(new Error(`no thread could be started: ${reasonOf(cause)}`, { cause }));
    }
  }

  /** Whether its threads are gone. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** Waits until all threads run. */
  async started(): Promise<void> {
    if (this.#end) throw this.#end;
    await Promise.all(this.#workers.map(({ started }) => started.promise));
  }

  /** A message that has no answer. */
  post(worker: number, message: Message): void {
    if (!this.#end) this.#workers[worker].handle.post(message);
  }

  /** Has a worker run something, after all that it was told before. */
  run(worker: number, job: object): Promise<readonly Float32Array[]> {
    if (this.#end) return Promise.reject(this.#end);
    const { handle, jobs } = this.#workers[worker];
    const number = this.#nextJob++;
    const result = new Settlement<readonly Float32Array[]>();
    jobs.set(number, result);
    handle.setBusy(true);
    handle.post({ kind: 'run', job: number, ...job });
    return result.promise;
  }

  /** Ends all threads. Jobs that are under way fail with the reason. */
  end(reason: Error): void {
    if (this.#end) return;
    this.#end = reason;
    for (const { handle, started, jobs } of this.#workers) {
      handle.terminate();
      started.reject(reason);
      for (const job of jobs.values()) job.reject(reason);
      jobs.clear();
    }
  }

  #start(number: number, startWorker: StartWorker): Worker {
    const died = (cause: unknown) =>
      this.end(new ThreadError(`thread ${number} of the wasm backend died: ${reasonOf(cause)}`, { cause }));
    const handle = startWorker(workerSource, { message: (data) => this.#receive(number, data as Reply), failed: died });
    return { handle, started: new Settlement(), jobs: new Map() };
  }

  #receive(number: number, { ready, job, outputs, error }: Reply): void {
    const { handle, started, jobs } = this.#workers[number];
    if (ready) {
      started.resolve();
      handle.setBusy(false);
    }
    // The other threads may be waiting for this one where it will never come.
    if (error !== undefined) this.end(new ThreadError(`thread ${number} of the wasm backend failed: ${error}`));
    if (job === undefined || !outputs) return;
    jobs.get(job)?.resolve(outputs);
    jobs.delete(job);
    if (jobs.size === 0) handle.setBusy(false);
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
