import { sizeOf } from '../shape.ts';
import { type BoundPlan, type BoundStep, flatten, type Source } from './bound-plan.ts';
import { type Constant, toFloat32 } from './constants.ts';
import type { Device } from './device.ts';
import { createKernelCache } from './kernel-cache.ts';
import type { Flat } from './library.ts';
import { checkKernelMode } from './mode-checks.ts';
import type { Runner } from './runner.ts';

/**
 * Runs step after step, with every intermediate result on the host. It is how the `cpu` mode runs, whose pipeline keeps
 * results as nested rows that flat indices cannot read, and how steps are timed in every mode, WASM on one thread.
 */
export function createStepRunner(plan: BoundPlan, device: Device): Runner {
  const { mode, library } = device;
  // An asynchronous kernel of the WASM mode would start worker threads of its own.
  const kernels = createKernelCache(device, mode !== 'webasm');
  const constants = new Map<Constant, Flat>();
  const flat = (values: Float32Array) => library.input(values, [values.length]);

  const readFrom = (buffers: readonly Flat[], source: Source): Flat => {
    if ('buffer' in source) return buffers[source.buffer];
    const values = constants.get(source.constant) ?? flat(source.constant.decode());
    constants.set(source.constant, values);
    return values;
  };
  const runStep = async (step: BoundStep, buffers: readonly Flat[]): Promise<Flat> => {
    if (step.size === 0) return flat(toFloat32([]));
    const kernel = kernels.of(step);
    const result = await kernel(...step.reads.map((source) => readFrom(buffers, source)));
    checkKernelMode(kernel, mode);
    return flat(flatten(result, step.size));
  };
  const runSteps = async (inputs: readonly ArrayLike<number>[], timings?: Float64Array) => {
    const buffers: Flat[] = [];
    plan.inputs.forEach(({ buffer }, i) => {
      buffers[buffer] = flat(toFloat32(inputs[i]));
    });
    for (const step of plan.steps) {
      const start = performance.now();
      buffers[step.writes] = await runStep(step, buffers);
      if (timings) timings[step.origin] += performance.now() - start;
    }
    return plan.outputs.map(({ source, shape }) => readFrom(buffers, source).value.slice(0, sizeOf(shape)));
  };

  return {
    run: (inputs, timings) => device.run(() => runSteps(inputs, timings), { allocates: true }),
    dispose: () => {
      kernels.dispose();
      constants.clear();
    },
  };
}
