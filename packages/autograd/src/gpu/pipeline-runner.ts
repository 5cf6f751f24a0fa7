import { sizeOf } from '../shape.ts';
import { type BoundPlan, flatten, type Source, toFloat32 } from './bound-plan.ts';
import { createCaches } from './caches.ts';
import { checkPipelineMode } from './modes.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * Runs all steps as one GPU.js pipeline, so that no intermediate result leaves the device. In WASM mode all kernels
 * share one memory and all threads walk the steps together; weights are copied into it once.
 */
export function createPipelineRunner(plan: BoundPlan, options: RunnerOptions): Runner {
  const { kernelOf, constantOf, flat, forgetConstants, dispose } = createCaches(options, true);

  /** Called once, with handles instead of arrays: what it does to them is the pipeline. */
  const orchestrate = (...handles: unknown[]): unknown[] => {
    const buffers: unknown[] = [];
    const read = (source: Source) => ('constant' in source ? constantOf(source.constant) : buffers[source.buffer]);
    plan.inputs.forEach(({ buffer }, i) => {
      buffers[buffer] = handles[i];
    });
    for (const step of plan.steps) {
      const { reads, writes, size, kernel } = step;
      buffers[writes] =
        size === 0 ? flat(toFloat32([])) : kernelOf(step)(...reads.map(read), ...kernel.tables.map(flat));
    }
    const results = plan.outputs.map(({ source }) => read(source));
    forgetConstants();
    return results;
  };
  // GPU.js makes as many handles as the function has parameters.
  Object.defineProperty(orchestrate, 'length', { value: plan.inputs.length });
  const pipeline = options.gpu.createPipeline(orchestrate);

  let checked = false;
  return {
    run: async (inputs) => {
      const results = (await pipeline(...inputs.map((values) => flat(toFloat32(values))))) as unknown[];
      if (!checked) checkPipelineMode(pipeline, options.mode);
      checked = true;
      return plan.outputs.map(({ shape }, i) => flatten(results[i], sizeOf(shape)));
    },
    dispose: () => {
      void pipeline.destroy();
      dispose();
    },
  };
}
