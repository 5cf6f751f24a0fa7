import type { Executable } from '../../backend.ts';
import type { Plan } from '../../compile/plan.ts';
import type { HostArray } from '../../host-array.ts';
import type { KernelFunction, KernelLibrary } from './kernel-library.ts';
import { blockHeaderWords, wordsPerArgument } from './kernels/kernel-writer.ts';
import { keepConditions } from './lower/conditions.ts';
import { type Call, LowerContext } from './lower/context.ts';
import { lowerStep } from './lower/index.ts';
import { layOutValues, type Stored } from './lower/values.ts';
import type { ConstantStore } from './memory/constants.ts';
import type { Heap } from './memory/heap.ts';
import { readLayout, writeLayout } from './memory/layout.ts';
import { placeRegions } from './memory/region.ts';

/** What the programs of one backend share. */
export interface Engine {
  readonly heap: Heap;
  readonly constants: ConstantStore;
  readonly kernels: KernelLibrary;
  readonly multiplyAdd: boolean;
  /** Fills the workspace with NaN before every run, so that a value read before it was written shows. */
  readonly poison: boolean;
}

/** A kernel call as it is run: numbers only, so that any thread could. */
interface BoundCall {
  readonly kernel: number;
  readonly block: number;
  readonly units: number;
}

/** Lowers a plan to kernel calls, places its values in memory, packs its constants and begins to compile its kernels. */
export function loadPlan(plan: Plan, engine: Engine): Executable {
  const { heap, constants, kernels } = engine;
  const kept = keepConditions(plan);
  const values = layOutValues(plan, kept);
  const ctx = new LowerContext({ plan, values, constants, multiplyAdd: engine.multiplyAdd });
  const { taken } = ctx;
  const allocated: number[] = [];
  const allocate = (bytes: number) => allocated[allocated.push(heap.allocate(bytes)) - 1];
  const release = () => {
    for (const region of taken) constants.release(region);
    for (const address of allocated) heap.release(address);
  };
  try {
    const steps = kept.steps.map((step, at) => lowerStep(ctx, step, at));
    const workspaceBytes = placeRegions(ctx.regions);
    const workspace = { address: allocate(workspaceBytes), bytes: workspaceBytes };
    for (const region of ctx.regions) region.address += workspace.address;
    const calls = steps.flat();
    const blocks = writeBlocks(heap, calls, allocate);
    const distinct = [...new Map(calls.map(({ kernel }) => [kernel.key, kernel])).values()];
    const numberOf = new Map(distinct.map(({ key }, i) => [key, i]));
    const bound = steps.map((step) =>
      step.map((call): BoundCall => {
        const kernel = numberOf.get(call.kernel.key) as number;
        return { kernel, block: blocks.get(call) as number, units: call.units };
      }),
    );
    const inputs = plan.inputs.map((id) => ctx.stored(id));
    const outputs = plan.outputs.map(({ value }) => ctx.stored(value));
    return bindExecutable({
      engine,
      workspace,
      steps: bound,
      inputs,
      outputs,
      functions: kernels.request(distinct),
      release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

interface Bound {
  readonly engine: Engine;
  readonly workspace: { readonly address: number; readonly bytes: number };
  readonly steps: readonly (readonly BoundCall[])[];
  readonly inputs: readonly Stored[];
  readonly outputs: readonly Stored[];
  readonly functions: Promise<readonly KernelFunction[]>;
  /** Gives all memory back. */
  readonly release: () => void;
}

function bindExecutable({ engine, workspace, steps, inputs, outputs, functions, release }: Bound): Executable {
  const { heap, poison } = engine;
  // A program that is never run must not bring the process down when its kernels do not compile.
  functions.catch(() => undefined);
  const view = ({ region, layout }: Stored) =>
    heap.floats.subarray(region.address / 4, region.address / 4 + layout.floats);
  return {
    run: async (arrays: readonly HostArray[], timings) => {
      const compiled = await functions;
      if (poison) heap.floats.fill(Number.NaN, workspace.address / 4, (workspace.address + workspace.bytes) / 4);
      inputs.forEach((input, i) => {
        writeLayout(view(input), arrays[i].data, input.layout);
      });
      for (let step = 0; step < steps.length; step++) {
        const start = timings ? performance.now() : 0;
        runCalls(steps[step], compiled);
        if (timings) timings[step] = performance.now() - start;
      }
      return outputs.map((output) => ({ data: readLayout(view(output), output.layout), shape: output.layout.shape }));
    },
    dispose: release,
  };
}

function runCalls(calls: readonly BoundCall[], functions: readonly KernelFunction[]): void {
  for (const { kernel, block, units } of calls) {
    const run = functions[kernel];
    for (let unit = 0; unit < units; unit++) run(block, unit);
  }
}

/** Writes the argument block of every call, now that everything has an address, and tells where each is. */
function writeBlocks(heap: Heap, calls: readonly Call[], allocate: (bytes: number) => number): Map<Call, number> {
  const sizes = calls.map((call) => blockHeaderWords + wordsPerArgument * call.arguments.length);
  let at = allocate(4 * sizes.reduce((sum, size) => sum + size, 0)) / 4;
  const { words } = heap;
  const blocks = new Map<Call, number>();
  for (const call of calls) {
    blocks.set(call, 4 * at);
    words.set([call.units - 1, call.count, call.lastCount], at);
    at += blockHeaderWords;
    for (const { region, start, step } of call.arguments) {
      words.set(region ? [region.address + 4 * start, 4 * step] : [start, step], at);
      at += wordsPerArgument;
    }
  }
  return blocks;
}
