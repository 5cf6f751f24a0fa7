import type { Tensor } from '../graph/tensor.ts';
import { sizeOf } from '../shape.ts';
import { type BoundPlan, type BoundStep, constantValues, flatten, type Source, toFloat32 } from './bound-plan.ts';
import type { Flat, Kernel } from './library.ts';
import { checkKernelMode } from './modes.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * Runs step after step, with every intermediate result on the host. It is how the `cpu` mode runs, whose pipeline keeps
 * results as nested rows that flat indices cannot read, and how steps are timed in every mode.
 */
export function createStepRunner(plan: BoundPlan, { library, gpu, mode }: RunnerOptions): Runner {
  const kernels = new Map<string, Kernel>();
  const constants = new Map<Tensor, Flat>();
  const flat = (values: Float32Array) => library.input(values, [values.length]);
  // An asynchronous kernel of the WASM mode would start worker threads of its own.
  const asyncMode = mode !== 'webasm';

  const kernelOf = ({ kernel: { source, output }, key }: BoundStep): Kernel => {
    const known = kernels.get(key);
    if (known) return known;
    const created = gpu.createKernel(source, { output, precision: 'single', tactic: 'precision', asyncMode });
    kernels.set(key, created);
    return created;
  };
  const readFrom = (buffers: readonly Flat[], source: Source): Flat => {
    if ('buffer' in source) return buffers[source.buffer];
    const known = constants.get(source.constant);
    if (known) return known;
    const decoded = flat(constantValues(source.constant));
    constants.set(source.constant, decoded);
    return decoded;
  };
  const runStep = async (step: BoundStep, buffers: readonly Flat[]): Promise<Flat> => {
    if (step.size === 0) return flat(toFloat32([]));
    const kernel = kernelOf(step);
    const result = await kernel(
      ...step.reads.map((source) => readFrom(buffers, source)),
      ...step.kernel.tables.map(flat),
    );
    checkKernelMode(kernel, mode);
    return flat(flatten(result, step.size));
  };

  return {
    run: async (inputs, timings) => {
      const buffers: Flat[] = [];
      plan.inputs.forEach(({ buffer }, i) => {
        buffers[buffer] = flat(toFloat32(inputs[i]));
      });
      for (const [i, step] of plan.steps.entries()) {
        const start = performance.now();
        buffers[step.writes] = await runStep(step, buffers);
        if (timings) timings[i] = performance.now() - start;
      }
      return plan.outputs.map(({ source, shape }) => readFrom(buffers, source).value.slice(0, sizeOf(shape)));
    },
    dispose: () => {
      for (const kernel of kernels.values()) kernel.destroy();
      kernels.clear();
      constants.clear();
    },
  };
}
