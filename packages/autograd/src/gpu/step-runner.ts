import { sizeOf } from '../shape.ts';
import type { BoundPlan, BoundStep, Source } from './bound-plan.ts';
import type { Constant } from './constants.ts';
import type { Device } from './device.ts';
import { createKernelCache } from './kernel-cache.ts';
import { checkKernelMode } from './mode-checks.ts';
import type { Runner } from './runner.ts';
import { stepMemory } from './step-memory.ts';

/**
 * Runs step after step. It is how the `cpu` mode runs, whose pipeline keeps results as nested rows that flat indices
 * cannot read, and how steps are timed in every mode: WASM on one thread, a graphics card from the call until it is done.
 */
export function createStepRunner(plan: BoundPlan, device: Device): Runner {
  const { mode } = device;
  const memory = stepMemory(device);
  // An asynchronous kernel of the WASM mode would start worker threads of its own.
  const kernels = createKernelCache(device, { asyncMode: mode !== 'webasm', onDevice: memory.onDevice });
  const constants = new Map<Constant, object>();

  const runStep = async (step: BoundStep, read: (source: Source) => object): Promise<object> => {
    if (step.size === 0) return memory.put([]);
    const kernel = kernels.of(step);
    const result = await kernel(...step.reads.map(read));
    checkKernelMode(kernel, mode);
    return memory.keep(result, step.size);
  };
  const runSteps = async (inputs: readonly ArrayLike<number>[], timings?: Float64Array) => {
    const buffers: object[] = [];
    const fill = (buffer: number, array: object) => {
      if (buffers[buffer]) memory.free(buffers[buffer]);
      buffers[buffer] = array;
    };
    const read = (source: Source) =>
      'constant' in source ? (constants.get(source.constant) as object) : buffers[source.buffer];
    for (const [i, { buffer }] of plan.inputs.entries()) fill(buffer, await memory.put(inputs[i]));
    await memory.settle();
    for (const step of plan.steps) {
      const start = performance.now();
      const result = await runStep(step, read);
      await memory.settle();
      if (timings) timings[step.origin] += performance.now() - start;
      fill(step.writes, result);
    }
    const results: Float32Array[] = [];
    for (const { source, shape } of plan.outputs) results.push(await memory.read(read(source), sizeOf(shape)));
    for (const array of buffers) if (array) memory.free(array);
    return results;
  };
  const loadConstants = async () => {
    const sources = [...plan.steps.flatMap(({ reads }) => reads), ...plan.outputs.map(({ source }) => source)];
    for (const source of sources) {
      if (!('constant' in source) || constants.has(source.constant)) continue;
      constants.set(source.constant, await memory.put(source.constant.decode()));
    }
  };

  return {
    run: (inputs, timings) =>
      device.run(
        async () => {
          await loadConstants();
          return runSteps(inputs, timings);
        },
        { allocates: true },
      ),
    dispose: () => {
      kernels.dispose();
      for (const array of constants.values()) memory.free(array);
      constants.clear();
    },
  };
}
