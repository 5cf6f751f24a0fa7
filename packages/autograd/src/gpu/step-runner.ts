import { sizeOf } from '../shape.ts';
import { type BoundPlan, type BoundStep, flatten, type Source, toFloat32 } from './bound-plan.ts';
import { createCaches } from './caches.ts';
import type { Flat } from './library.ts';
import { checkKernelMode } from './modes.ts';
import type { Runner, RunnerOptions } from './runner.ts';

/**
 * Runs step after step, with every intermediate result on the host. It is how the `cpu` mode runs, whose pipeline keeps
 * results as nested rows that flat indices cannot read, and how steps are timed in every mode, WASM on one thread.
 */
export function createStepRunner(plan: BoundPlan, options: RunnerOptions): Runner {
  const { mode } = options;
  // An asynchronous kernel of the WASM mode would start worker threads of its own.
  const { kernelOf, constantOf, flat, dispose } = createCaches(options, mode !== 'webasm');

  const readFrom = (buffers: readonly Flat[], source: Source): Flat =>
    'constant' in source ? constantOf(source.constant) : buffers[source.buffer];
  const runStep = async (step: BoundStep, buffers: readonly Flat[]): Promise<Flat> => {
    if (step.size === 0) return flat(toFloat32([]));
    const kernel = kernelOf(step);
    const arrays = step.reads.map((source) => readFrom(buffers, source));
    const result = await kernel(...arrays, ...step.kernel.tables.map(flat));
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
    dispose,
  };
}
