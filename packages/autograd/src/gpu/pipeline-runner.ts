import { sizeOf } from '../shape.ts';
import { type BoundPlan, flatten, type Source } from './bound-plan.ts';
import { withoutCopy } from './constant-store.ts';
import { toFloat32 } from './constants.ts';
import type { Device } from './device.ts';
import { createKernelCache } from './kernel-cache.ts';
import { checkPipelineMode } from './mode-checks.ts';
import type { Runner } from './runner.ts';

/**
 * Runs all steps as one GPU.js pipeline, so that no intermediate result leaves the device. In WASM mode all kernels
 * share one memory and all threads walk the steps together; WebGPU records them into one submission with one read-back.
 * Constants reach the device at the first run and stay there.
 */
export function createPipelineRunner(plan: BoundPlan, device: Device): Runner {
  const kernels = createKernelCache(device, { asyncMode: true });
  const constants = device.storeConstants();
  const flat = (values: ArrayLike<number>) => {
    const array = withoutCopy(toFloat32(values));
    return device.library.input(array, [array.length]);
  };
  /** Results that the steps compute; the others are known here. */
  const computed = plan.outputs.filter(({ source, shape }) => 'buffer' in source && sizeOf(shape) > 0);

  /** Called once, with handles instead of arrays: what it does to them is the pipeline. */
  const orchestrate = (...handles: unknown[]): unknown[] => {
    const buffers: unknown[] = [];
    const read = (source: Source) => ('constant' in source ? constants.of(source.constant) : buffers[source.buffer]);
    plan.inputs.forEach(({ buffer }, i) => {
      buffers[buffer] = handles[i];
    });
    for (const step of plan.steps) {
      buffers[step.writes] = step.size === 0 ? flat([]) : kernels.of(step)(...step.reads.map(read));
    }
    return computed.map(({ source }) => read(source));
  };
  // GPU.js makes as many handles as the function has parameters.
  Object.defineProperty(orchestrate, 'length', { value: plan.inputs.length });
  const pipeline = device.gpu.createPipeline(orchestrate);

  const start = (inputs: readonly ArrayLike<number>[]) => pipeline(...inputs.map(flat)) as Promise<unknown[]>;
  const startFirst = async (inputs: readonly ArrayLike<number>[]) => {
    for (const constant of new Set(plan.steps.flatMap(({ reads }) => reads.flatMap(constantOf)))) {
      constants.load(constant);
    }
    const results = await start(inputs);
    checkPipelineMode(pipeline, device.mode);
    constants.release();
    return results;
  };

  let state: 'new' | 'ready' | 'failed' = 'new';
  return {
    run: async (inputs) => {
      const before = state;
      state = 'failed'; // until it has gone well
      const task = () => {
        // GPU.js would start anew after a failure, with constants that are gone from here.
        if (before === 'failed')
          throw new Error(`gpujs:${device.mode} failed in an earlier run: compile the graph again`);
        return before === 'new' ? startFirst(inputs) : start(inputs);
      };
      const results = await device.run(async () => task(), { allocates: before === 'new' });
      state = 'ready';
      const values = new Map(computed.map((output, i) => [output, results[i]]));
      return plan.outputs.map((output) =>
        'constant' in output.source
          ? output.source.constant.decode().slice(0, sizeOf(output.shape))
          : flatten(values.get(output), sizeOf(output.shape)),
      );
    },
    dispose: () => {
      void pipeline.destroy();
      kernels.dispose();
      constants.dispose();
    },
  };
}

function constantOf(source: Source) {
  return 'constant' in source ? [source.constant] : [];
}
