import type { Executable } from '../../backend.ts';
import { type Plan, turnsOf } from '../../compile/plan.ts';
import type { HostArray } from '../../host-array.ts';
import type { KernelLibrary } from './kernel-library.ts';
import { keepConditions } from './lower/conditions.ts';
import { LowerContext } from './lower/context.ts';
import { lowerProgram, type Port, portFloats } from './lower/program.ts';
import { layOutValues } from './lower/values.ts';
import type { ConstantStore } from './memory/constants.ts';
import type { Heap } from './memory/heap.ts';
import { placeRegions } from './memory/region.ts';
import { type Lane, makeLane } from './run/lane.ts';
import { runScript } from './run/run-script.ts';
import { callsOf, type Script, writeScript } from './run/script.ts';

/** What the programs of one backend share. */
export interface Engine {
  readonly heap: Heap;
  readonly constants: ConstantStore;
  readonly kernels: KernelLibrary;
  readonly multiplyAdd: boolean;
  /** Fills the workspace with NaN before every run, so that a value read before it was written shows. */
  readonly poison: boolean;
}

/** Lowers a plan to kernel calls, places its values in memory, packs its constants and begins to compile its kernels. */
export function loadPlan(plan: Plan, engine: Engine): Executable {
  const { heap, constants, kernels, multiplyAdd } = engine;
  const kept = keepConditions(plan);
  const ctx = new LowerContext({ plan, values: layOutValues(plan, kept), constants, multiplyAdd });
  const lanes: Lane[] = [];
  const release = () => {
    for (const region of ctx.taken) constants.release(region);
    for (const lane of lanes) lane.release();
  };
  try {
    const program = lowerProgram(ctx, plan, kept.steps);
    const calls = callsOf(program);
    const ready = kernels.request(calls.map(({ kernel }) => kernel));
    // A program that is never run must not bring the process down when its kernels do not compile.
    ready.catch(() => undefined);
    const script = writeScript(program, kernels);
    const regions = new Set(ctx.regions);
    const workspaceBytes = placeRegions(ctx.regions);
    const lane = makeLane({ heap, calls, blockBytes: script.blockBytes, regions, workspaceBytes });
    lanes.push(lane);
    const { inputs, outputs } = program;
    return bindExecutable({ plan, engine, script, lane, workspaceBytes, inputs, outputs, ready, release });
  } catch (error) {
    release();
    throw error;
  }
}

interface Bound {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly script: Script;
  readonly lane: Lane;
  readonly workspaceBytes: number;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Settled when all kernels are compiled. */
  readonly ready: Promise<void>;
  /** Gives all memory back. */
  readonly release: () => void;
}

function bindExecutable(bound: Bound): Executable {
  const { plan, engine, script, lane, inputs, outputs, ready, release } = bound;
  const { heap, kernels, poison } = engine;
  const view = (port: Port, turns: number) => {
    const start = lane.addressOf(port.region) / 4 + port.offset;
    return heap.floats.subarray(start, start + portFloats(port, turns));
  };
  return {
    run: async (arrays: readonly HostArray[], timings) => {
      await ready;
      const turns = turnsOf(plan, arrays);
      if (poison) heap.floats.fill(Number.NaN, lane.workspace / 4, (lane.workspace + bound.workspaceBytes) / 4);
      inputs.forEach((port, i) => {
        view(port, turns).set(arrays[i].data);
      });
      runScript(script, { functions: kernels.functions, blocks: lane.blocks, turns, timings });
      return outputs.map((port) => ({
        data: view(port, turns).slice(),
        shape: port.perTurn ? [turns, ...port.shape] : port.shape,
      }));
    },
    dispose: release,
  };
}
