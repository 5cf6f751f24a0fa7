import type { Tensor } from '../graph/tensor.ts';
import { sizeOf } from '../shape.ts';
import { type BoundPlan, type BoundStep, constantValues, flatten, type Source, toFloat32 } from './bound-plan.ts';
import type { Flat, Kernel } from './library.ts';
import { checkPipelineMode } from './modes.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * Runs all steps as one GPU.js pipeline, so that no intermediate result leaves the device. In WASM mode all kernels
 * share one memory and two or more threads walk the steps together; weights are copied into it once.
 */
export function createPipelineRunner(plan: BoundPlan, { library, gpu, mode }: RunnerOptions): Runner {
  const kernels = new Map<string, Kernel>();
  const flat = (values: Float32Array) => library.input(values, [values.length]);
  const kernelOf = ({ kernel: { source, output }, key }: BoundStep): Kernel => {
    const known = kernels.get(key);
    if (known) return known;
    const created = gpu.createKernel(source, { output, precision: 'single', tactic: 'precision', asyncMode: true });
    kernels.set(key, created);
    return created;
  };

  /** Called once, with handles instead of arrays: what it does to them is the pipeline. */
  const orchestrate = (...handles: unknown[]): unknown[] => {
    const buffers: unknown[] = [];
    const constants = new Map<Tensor, Flat>();
    const constantOf = (constant: Tensor): Flat => {
      const known = constants.get(constant) ?? flat(constantValues(constant));
      constants.set(constant, known);
      return known;
    };
    const read = (source: Source) => ('constant' in source ? constantOf(source.constant) : buffers[source.buffer]);
    plan.inputs.forEach(({ buffer }, i) => {
      buffers[buffer] = handles[i];
    });
    for (const step of plan.steps) {
      const { reads, writes, size, kernel } = step;
      buffers[writes] =
        size === 0 ? flat(toFloat32([])) : kernelOf(step)(...reads.map(read), ...kernel.tables.map(flat));
    }
    return plan.outputs.map(({ source }) => read(source));
  };
  const pipeline = gpu.createPipeline(Object.defineProperty(orchestrate, 'length', { value: plan.inputs.length }));

  let checked = false;
  return {
    run: async (inputs) => {
      const results = (await pipeline(...inputs.map((values) => flat(toFloat32(values))))) as unknown[];
      if (!checked) checkPipelineMode(pipeline, mode);
      checked = true;
      return plan.outputs.map(({ shape }, i) => flatten(results[i], sizeOf(shape)));
    },
    dispose: () => {
      void pipeline.destroy();
      for (const kernel of kernels.values()) kernel.destroy();
      kernels.clear();
    },
  };
}
