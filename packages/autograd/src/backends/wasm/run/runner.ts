import { type Plan, turnsOf } from '../../../compile/plan.ts';
import type { HostArray } from '../../../host-array.ts';
import type { Engine } from '../engine.ts';
import { type LoweredProgram, portFloats } from '../lower/program.ts';
import type { Region } from '../memory/region.ts';
import type { LaneRun, MemoryPart, ThreadedProgram } from '../threads/threads.ts';
import { type Lane, type Lanes, laneOf, threadsWorth } from './lanes.ts';
import { runScript } from './run-script.ts';
import type { Script } from './script.ts';

interface RunnerParts {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly program: LoweredProgram;
  readonly script: Script;
  readonly lanes: Lanes;
  readonly constants: readonly Region[];
  /** Settled when all kernels are compiled. */
  readonly ready: Promise<void>;
}

/** Runs a program: on the calling thread, split between threads, or several runs at once, a thread each. */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #threaded: ThreadedProgram;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#threaded = { script: parts.script, parts: () => this.#memoryParts() };
  }

  async run(arrays: readonly HostArray[], timings?: Float64Array): Promise<HostArray[]> {
    const { plan, engine, ready } = this.#parts;
    await ready;
    const threads = timings || plan.multiplyAdds < engine.splitFrom ? undefined : await this.#threads();
    if (!threads) return this.#inLane('caller', arrays, async (run) => this.#runHere(run, timings));
    const program = this.#threaded;
    return this.#inLane(0, arrays, (run) =>
      threads.shareMemory ? threads.split(program, run) : threads.alone(0, program, run),
    );
  }

  async runAll(runs: readonly (readonly HostArray[])[], before: (run: number) => void): Promise<HostArray[][]> {
    const { plan, engine, ready } = this.#parts;
    await ready;
    const count = threadsWorth(engine, plan.multiplyAdds, runs.length);
    const threads = count > 1 ? await this.#threads() : undefined;
    const results: HostArray[][] = [];
    let next = 0;
    const takeRuns = async (run: (arrays: readonly HostArray[]) => Promise<HostArray[]>) => {
      while (next < runs.length) {
        const number = next++;
        before(number);
        results[number] = await run(runs[number]);
      }
    };
    if (!threads) {
      await takeRuns((arrays) => this.run(arrays));
      return results;
    }
    const workers = Array.from({ length: count }, (_, worker) =>
      takeRuns((arrays) => this.#inLane(worker, arrays, (run) => threads.alone(worker, this.#threaded, run))).catch(
        (error: unknown) => {
          next = runs.length;
          throw error;
        },
      ),
    );
    const failed = (await Promise.allSettled(workers)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    return results;
  }

  dispose(): void {
    this.#parts.engine.threads?.forget(this.#threaded);
  }

  async #threads() {
    const { threads } = this.#parts.engine;
    return threads && (await threads.available()) ? threads : undefined;
  }

  /** One run in the lane of a thread, which is let go of when the run is over. */
  async #inLane(
    thread: 'caller' | number,
    arrays: readonly HostArray[],
    run: (run: LaneRun) => Promise<readonly Float32Array[]>,
  ): Promise<HostArray[]> {
    const { plan, program, engine, lanes } = this.#parts;
    const lane = lanes.hold(laneOf(thread, engine));
    try {
      const turns = turnsOf(plan, arrays);
      const outputs = await run(this.#describe(arrays, lane));
      return program.outputs.map(({ perTurn, shape }, i) => ({
        data: outputs[i],
        shape: perTurn ? [turns, ...shape] : shape,
      }));
    } finally {
      lane.release();
    }
  }

  #describe(arrays: readonly HostArray[], lane: Lane): LaneRun {
    const { plan, program, engine } = this.#parts;
    const { workspace: at, workspaceBytes: bytes, blocks } = lane;
    const turns = turnsOf(plan, arrays);
    const place = ({ region, offset }: LoweredProgram['inputs'][number]) => lane.addressOf(region) + 4 * offset;
    return {
      ...{ blocks: blocks.address, turns },
      inputs: program.inputs.map((port, i) => ({ at: place(port), data: arrays[i].data })),
      outputs: program.outputs.map((port) => ({ at: place(port), floats: portFloats(port, turns) })),
      poison: engine.poison ? { at, bytes } : undefined,
    };
  }

  #runHere({ blocks, turns, inputs, outputs, poison }: LaneRun, timings: Float64Array | undefined): Float32Array[] {
    const { engine, script } = this.#parts;
    const { floats } = engine.heap;
    if (poison) floats.fill(Number.NaN, poison.at / 4, (poison.at + poison.bytes) / 4);
    for (const { at, data } of inputs) floats.set(data, at / 4);
    runScript(script, { functions: engine.kernels.functions, blocks, turns, timings });
    return outputs.map(({ at, floats: count }) => floats.slice(at / 4, at / 4 + count));
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
