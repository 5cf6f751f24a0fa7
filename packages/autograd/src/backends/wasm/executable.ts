import type { Executable } from '../../backend.ts';
import type { Plan } from '../../compile/plan.ts';
import type { HostArray } from '../../host-array.ts';
import type { KernelFunction, KernelLibrary } from './kernel-library.ts';
import { blockHeaderWords, wordsPerArgument } from './kernels/kernel-writer.ts';
import { keepConditions } from './lower/conditions.ts';
import { type Call, LowerContext } from './lower/context.ts';
import { lowerStep } from './lower/index.ts';
import { layOutValues } from './lower/values.ts';
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
  const steps = kept.steps.map((step, at) => lowerStep(ctx, step, at));
  const inputs = plan.inputs.map((id) => ctx.stored(id));
  const outputs = plan.outputs.map(({ value }) => ctx.stored(value));

  const regions = ctx.regions;
  const workspaceBytes = placeRegions(regions);
  const workspace = heap.allocate(workspaceBytes);
  for (const region of regions) region.address += workspace;
  const calls = steps.flat();
  const distinct = [...new Map(calls.map(({ kernel }) => [kernel.key, kernel])).values()];
  const numberOf = new Map(distinct.map(({ key }, i) => [key, i]));
  const blocks = writeBlocks(heap, calls);
  let next = 0;
  const bound = steps.map((step) =>
    step.map(({ kernel, units }): BoundCall => {
      return { kernel: numberOf.get(kernel.key) as number, block: blocks.addresses[next++], units };
    }),
  );
  const compiled = kernels.request(distinct);
  compiled.catch(() => undefined);

  const view = ({ region, layout }: (typeof inputs)[number]) =>
    heap.floats.subarray(region.address / 4, region.address / 4 + layout.floats);

  return {
    run: async (arrays: readonly HostArray[], timings) => {
      const functions = await compiled;
      if (engine.poison) heap.floats.fill(Number.NaN, workspace / 4, (workspace + workspaceBytes) / 4);
      inputs.forEach((input, i) => {
        writeLayout(view(input), arrays[i].data, input.layout);
      });
      for (let step = 0; step < bound.length; step++) {
        const start = timings ? performance.now() : 0;
        runCalls(bound[step], functions);
        if (timings) timings[step] = performance.now() - start;
      }
      return outputs.map((output) => ({ data: readLayout(view(output), output.layout), shape: output.layout.shape }));
    },
    dispose: () => {
      for (const region of ctx.taken) constants.release(region);
      heap.release(workspace);
      heap.release(blocks.address);
    },
  };
}

function runCalls(calls: readonly BoundCall[], functions: readonly KernelFunction[]): void {
  for (const { kernel, block, units } of calls) {
    const run = functions[kernel];
    for (let unit = 0; unit < units; unit++) run(block, unit);
  }
}

/** Writes the argument block of every call, now that everything has an address. */
function writeBlocks(heap: Heap, calls: readonly Call[]): { address: number; addresses: number[] } {
  const sizes = calls.map((call) => blockHeaderWords + wordsPerArgument * call.arguments.length);
  const address = heap.allocate(4 * sizes.reduce((sum, size) => sum + size, 0));
  const words = heap.words;
  const addresses: number[] = [];
  let at = address / 4;
  for (const call of calls) {
    addresses.push(4 * at);
    words.set([call.units - 1, call.count, call.lastCount], at);
    at += blockHeaderWords;
    for (const { region, start, step } of call.arguments) {
      words.set(region ? [region.address + 4 * start, 4 * step] : [start, step], at);
      at += wordsPerArgument;
    }
  }
  return { address, addresses };
}
