import type { GpuMode, Kernel, Pipeline } from './library.ts';

/** What GPU.js calls the mode of a kernel that runs as asked. */
const reportedMode: Record<GpuMode, string> = { cpu: 'cpu', webasm: 'webasm', webgl2: 'gpu', webgpu: 'webgpu' };

/** What executes a pipeline: WASM over one shared memory, or one submission; WebGL draws step after step. */
const executors: Record<GpuMode, readonly string[]> = {
  cpu: ['generic'],
  webasm: ['fused-sync', 'fused-threaded'],
  webgl2: ['generic'],
  webgpu: ['fused-encoder'],
};

/** Throws unless the kernel ran in the asked mode: GPU.js falls back to its cpu mode with only a console line. */
export function checkKernelMode({ kernel }: Kernel, mode: GpuMode): void {
  const ran = kernel.constructor.mode;
  if (ran !== reportedMode[mode] || kernel.fallbackReason !== null) throw fellBack(mode, ran, kernel.fallbackReason);
}

/** Throws unless every step of the pipeline ran in the asked mode, by the executor that belongs to it. */
export function checkPipelineMode(pipeline: Pipeline, mode: GpuMode): void {
  const { backend, executorKind, fallbackReason } = pipeline;
  if (backend !== reportedMode[mode] || !executors[mode].includes(executorKind)) {
    throw fellBack(mode, `${backend} (${executorKind})`, fallbackReason);
  }
  for (const kernel of pipeline.plan?.genericClones.values() ?? []) checkKernelMode(kernel, mode);
}

function fellBack(mode: GpuMode, ran: string, reason: string | null): Error {
  return new Error(`GPU.js was asked for ${mode} and ran ${ran}${reason === null ? '' : `: ${reason}`}`);
}
