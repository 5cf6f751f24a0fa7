import type { Backend, Executable } from '../backend.ts';
import { noiseFromHost } from '../compile/host-noise.ts';
import type { Plan } from '../compile/plan.ts';
import { bindPlan } from './bound-plan.ts';
import type { Device } from './device.ts';
import type { GpuMode } from './library.ts';
import { openDevice } from './open-device.ts';
import { createPipelineRunner } from './pipeline-runner.ts';
import type { Runner } from './runner.ts';
import { createStepRunner } from './step-runner.ts';

/** A backend that tells what it computes on. */
export interface GpuBackend extends Backend {
  /** The graphics card or what stands in for it, as its driver calls it. */
  readonly device: string;
}

/**
 * A backend that computes in float32 through GPU.js. The first run of a program checks that GPU.js really took the asked
 * mode. When the device is lost, the run in progress and all later ones fail with a DeviceLostError.
 *
 * Not-a-number and infinities pass through arithmetic as in JavaScript in the modes `cpu` and `webasm`, `minimum` and
 * `maximum` included; shaders, and so `webgl2` and `webgpu`, promise nothing about them.
 *
 * @param mode  `cpu`: JavaScript on this thread. `webasm`: WASM on all cores. `webgl2`: the graphics card, in a page.
 *   `webgpu`: the graphics card, in a page or in Node, where it takes the package `webgpu`, version 0.6.2
 * @throws BackendUnavailableError when gpu.js is not installed or the mode is not available here
 */
export async function createGpuBackend(mode: GpuMode): Promise<GpuBackend> {
  const device = await openDevice(mode);
  const loaded = new Set<Executable>();
  return {
    name: `gpujs:${mode}`,
    device: device.name,
    precision: 'float32',
    fuses: true,
    loops: false,
    batch: batches[mode],
    hostNoise: noiseFromHost,
    load: (plan) => {
      const executable = createExecutable(plan, device);
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
      device.dispose();
    },
  };
}

/**
 * Images in one run. WebGPU takes a whole path; with WebGL 2 every step has a texture of its own, and so many images would
 * take all memory of a small card.
 */
const batches: Readonly<Record<GpuMode, number>> = { cpu: 5, webasm: 5, webgl2: 5, webgpu: 20 };

function createExecutable(plan: Plan, device: Device): Executable {
  const bound = bindPlan(plan, device.target);
  const shapes = bound.outputs.map(({ shape }) => shape);
  const hasWork = bound.steps.some(({ size }) => size > 0);
  const stepwise = device.mode === 'cpu' || !hasWork;
  const main = stepwise ? createStepRunner(bound, device) : createPipelineRunner(bound, device);
  let timed: Runner | undefined = stepwise ? main : undefined;
  return {
    run: async (inputs, timings) => {
      if (timings) timed ??= createStepRunner(bound, device);
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
