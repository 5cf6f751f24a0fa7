import { turnsOf } from '../../../compile/plan.ts';
import type { HostArray } from '../../../host-array.ts';
import { type LoweredProgram, portFloats } from '../lower/program.ts';
import type { Heap } from '../memory/heap.ts';
import type { Lane } from './lanes.ts';
import { runScript } from './run-script.ts';
import type { RunnerParts } from './runners.ts';
import { callsOf, type Script, writeScript } from './script.ts';

/** A run of a program in one lane. Addresses are in bytes. */
export interface LaneRun {
  /** Address of the lane's argument blocks. */
  readonly blocks: number;
  readonly turns: number;
  readonly inputs: readonly { readonly at: number; readonly data: HostArray['data'] }[];
  readonly outputs: readonly { readonly at: number; readonly floats: number }[];
  /** Memory to fill with NaN before the run. */
  readonly poison: { readonly at: number; readonly bytes: number } | undefined;
}

/** Runs a program whose kernels are being compiled. */
export class Runner {
  readonly script: Script;
  /** Settled when all kernels are compiled. */
  readonly ready: Promise<void>;
  readonly #heap: Heap;
  readonly #parts: RunnerParts;

  constructor(heap: Heap, parts: RunnerParts) {
    const { program, kernels } = parts;
    this.#heap = heap;
    this.#parts = parts;
    this.ready = kernels.request(callsOf(program).map(({ kernel }) => kernel));
    // A program that is never run must not bring the process down when its kernels do not compile.
    this.ready.catch(() => undefined);
    this.script = writeScript(program, kernels);
  }

  /** One run on the calling thread. */
  async runHere(arrays: readonly HostArray[], timings?: Float64Array): Promise<HostArray[]> {
    await this.ready;
    const { functions } = this.#parts.kernels;
    return this.inLane(0, arrays, async (run) => {
      const { blocks, turns } = run;
      this.writeInputs(run);
      runScript(this.script, { functions, blocks, turns, timings });
      return this.readOutputs(run);
    });
  }

  /** Puts what goes in where the program looks for it. */
  writeInputs({ inputs, poison }: LaneRun): void {
    const { floats } = this.#heap;
    if (poison) floats.fill(Number.NaN, poison.at / 4, (poison.at + poison.bytes) / 4);
    for (const { at, data } of inputs) floats.set(data, at / 4);
  }

  /** Copies of what came out. */
  readOutputs({ outputs }: LaneRun): Float32Array[] {
    const { floats } = this.#heap;
    return outputs.map(({ at, floats: count }) => floats.slice(at / 4, at / 4 + count));
  }

  /** One run in a lane, which is let go of when the run is over. */
  async inLane(
    number: number,
    arrays: readonly HostArray[],
    run: (run: LaneRun) => Promise<readonly Float32Array[]>,
  ): Promise<HostArray[]> {
    const { plan, program, lanes } = this.#parts;
    const lane = lanes.hold(number);
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
    const { plan, program, poison } = this.#parts;
    const { workspace: at, workspaceBytes: bytes, blocks } = lane;
    const turns = turnsOf(plan, arrays);
    const place = ({ region, offset }: LoweredProgram['inputs'][number]) => lane.addressOf(region) + 4 * offset;
    return {
      ...{ blocks: blocks.address, turns },
      inputs: program.inputs.map((port, i) => ({ at: place(port), data: arrays[i].data })),
      outputs: program.outputs.map((port) => ({ at: place(port), floats: portFloats(port, turns) })),
      poison: poison ? { at, bytes } : undefined,
    };
  }
}
