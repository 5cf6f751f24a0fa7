import type { Backend, Executable } from '../backend.ts';
import type { Plan } from '../compile/plan.ts';
import { bindPlan } from './bound-plan.ts';
import { type GpuMode, loadLibrary } from './library.ts';
import { availableGpuModes } from './modes.ts';
import { createPipelineRunner } from './pipeline-runner.ts';
import type { Runner, RunnerOptions } from './runner.ts';
import { createStepRunner } from './step-runner.ts';

/**
 * A backend that computes in float32 through GPU.js. Its first run checks that GPU.js really took the asked mode.
 *
 * Not-a-number and infinities pass through arithmetic as in JavaScript in the modes `cpu` and `webasm`, `minimum` and
 * `maximum` included; GLSL, and so `webgl2`, promises nothing about them.
 *
 * @param mode  `cpu`: JavaScript on this thread. `webasm`: WASM on all cores. `webgl2`: the graphics card, in a browser
 * @throws Error when gpu.js is not installed or the mode is not available here
 */
export async function createGpuBackend(mode: GpuMode): Promise<Backend> {
  const library = await loadLibrary();
  const available = await availableGpuModes();
  if (!available.includes(mode)) {
    throw new Error(`gpujs:${mode} is not available here; ${available.join(', ')} are`);
  }
  const gpu = new library.GPU({ mode });
  const loaded = new Set<Executable>();
  return {
    name: `gpujs:${mode}`,
    precision: 'float32',
    fuses: true,
    loops: false,
    load: (plan) => {
      const executable = createExecutable(plan, { library, gpu, mode });
      loaded.add(executable);
      return {
        run: executable.run,
        dispose: () => {
          loaded.delete(executable);
          executable.dispose();
        },
      };
    },
    dispose: () => {
      for (const executable of loaded) executable.dispose();
      loaded.clear();
      void gpu.destroy();
    },
  };
}

function createExecutable(plan: Plan, options: RunnerOptions): Executable {
  const bound = bindPlan(plan);
  const shapes = bound.outputs.map(({ shape }) => shape);
  const hasWork = bound.steps.some(({ size }) => size > 0);
  const stepwise = options.mode === 'cpu' || !hasWork;
  const main = stepwise ? createStepRunner(bound, options) : createPipelineRunner(bound, options);
  let timed: Runner | undefined = stepwise ? main : undefined;
  return {
    run: async (inputs, timings) => {
      if (timings) timed ??= createStepRunner(bound, options);
      const runner = (timings && timed) || main;
      const results = await runner.run(
        inputs.map(({ data }) => data),
        timings,
      );
      return results.map((data, i) => ({ data, shape: shapes[i] }));
    },
    dispose: () => {
      main.dispose();
      if (timed !== main) timed?.dispose();
    },
  };
}
