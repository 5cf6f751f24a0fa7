import type { HostArray } from '../../../host-array.ts';
import { type LaneRun, Runner } from '../run/runner.ts';
import type { RunnerParts } from '../run/runners.ts';
import { laneOf, threadsWorth } from './sharing.ts';
import type { MemoryPart, ThreadedProgram, Threads } from './threads.ts';

/** Runs a program on the calling thread, split between threads, or several runs at once, a thread each. */
export class ThreadedRunner {
  readonly #threads: Threads;
  readonly #parts: RunnerParts;
  readonly #runner: Runner;
  readonly #program: ThreadedProgram;

  constructor(threads: Threads, parts: RunnerParts) {
    this.#threads = threads;
    this.#parts = parts;
    this.#runner = new Runner(threads.heap, parts);
    this.#program = {
      script: this.#runner.script,
      kernels: parts.kernels,
      parts: () => this.#memoryParts(),
    };
  }

  async run(arrays: readonly HostArray[], timings?: Float64Array): Promise<HostArray[]> {
    await this.#runner.ready;
    const threads = this.#threads;
    const { splitFrom, shareMemory } = threads.sharing;
    const isSmall = this.#parts.plan.multiplyAdds < splitFrom;
    if (timings || isSmall || !(await threads.available())) return this.#runner.runHere(arrays, timings);
    if (!shareMemory) return this.#runOn(0, arrays);
    return this.#inSharedMemory(0, arrays, (run) => threads.split(this.#program, run));
  }

  async runAll(runs: readonly (readonly HostArray[])[], before: (run: number) => void): Promise<HostArray[][]> {
    await this.#runner.ready;
    const count = threadsWorth(this.#threads.sharing, this.#parts.plan.multiplyAdds, runs.length);
    const results: HostArray[][] = [];
    let next = 0;
    const takeRuns = async (run: (arrays: readonly HostArray[]) => Promise<HostArray[]>) => {
      while (next < runs.length) {
        const number = next++;
        before(number);
        results[number] = await run(runs[number]);
      }
    };
    if (count === 1 || !(await this.#threads.available())) {
      await takeRuns((arrays) => this.run(arrays));
      return results;
    }
    const workers = Array.from({ length: count }, (_, worker) =>
      takeRuns((arrays) => this.#runOn(worker, arrays)).catch((error: unknown) => {
        next = runs.length;
        throw error;
      }),
    );
    const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    return results;
  }

  dispose(): void {
    this.#threads.forget(this.#program);
  }

  /** One run on one thread. */
  #runOn(worker: number, arrays: readonly HostArray[]): Promise<HostArray[]> {
    const threads = this.#threads;
    const alone = (run: LaneRun) => threads.alone(worker, this.#program, run);
    if (threads.sharing.shareMemory) return this.#inSharedMemory(worker, arrays, alone);
    return this.#runner.inLane(laneOf(worker, threads.sharing), arrays, alone);
  }

  /**
   * What goes in and out needs no message: the calling thread writes and reads it where the threads do, one run of a lane
   * after the other.
   */
  #inSharedMemory(
    worker: number,
    arrays: readonly HostArray[],
    compute: (run: LaneRun) => Promise<unknown>,
  ): Promise<HostArray[]> {
    const lane = laneOf(worker, this.#threads.sharing);
    return this.#threads.inTurn(worker, () =>
      this.#runner.inLane(lane, arrays, async (run) => {
        this.#runner.writeInputs(run);
        await compute({ ...run, inputs: [], outputs: [], poison: undefined });
        return this.#runner.readOutputs(run);
      }),
    );
  }

  /** What a thread with a memory of its own has to copy. */
  #memoryParts(): MemoryPart[] {
    const { constants, lanes } = this.#parts;
    const blocks = lanes.blocksOf(0);
    return [
      ...constants.map((region) => ({ owner: region, at: region.address, bytes: 4 * region.floats })),
      ...(blocks ? [{ owner: blocks, at: blocks.address, bytes: blocks.bytes }] : []),
    ];
  }
}
