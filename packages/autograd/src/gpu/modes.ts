import type { GpuMode, Kernel, Pipeline } from './library.ts';
import { loadLibrary } from './library.ts';

/** What GPU.js calls the mode of a kernel that runs as asked. */
const reportedMode: Record<GpuMode, string> = { cpu: 'cpu', webasm: 'webasm', webgl2: 'gpu' };

/**
 * Modes that can run here, the fastest first. WebGL on a software renderer works, but comes after WASM.
 *
 * @throws Error when gpu.js is not installed
 */
export async function availableGpuModes(): Promise<GpuMode[]> {
  const { GPU } = await loadLibrary();
  const webasm: GpuMode[] = GPU.isWebAssemblySupported ? ['webasm'] : [];
  const webgl2: GpuMode[] = GPU.isWebGL2Supported ? ['webgl2'] : [];
  return isSoftwareRenderer() ? [...webasm, ...webgl2, 'cpu'] : [...webgl2, ...webasm, 'cpu'];
}

function isSoftwareRenderer(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return true;
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return true;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(renderer);
}

/** Throws unless the kernel ran in the asked mode: GPU.js falls back to its cpu mode with only a console line. */
export function checkKernelMode({ kernel }: Kernel, mode: GpuMode): void {
  const ran = kernel.constructor.mode;
  if (ran !== reportedMode[mode] || kernel.fallbackReason !== null) throw fellBack(mode, ran, kernel.fallbackReason);
}

/** Throws unless every step of the pipeline ran in the asked mode, in WASM over one shared memory. */
export function checkPipelineMode(pipeline: Pipeline, mode: GpuMode): void {
  const fused = pipeline.executorKind.startsWith('fused');
  if (pipeline.backend !== reportedMode[mode] || fused !== (mode === 'webasm')) {
    throw fellBack(mode, `${pipeline.backend} (${pipeline.executorKind})`, pipeline.fallbackReason);
  }
  for (const kernel of pipeline.plan?.genericClones.values() ?? []) checkKernelMode(kernel, mode);
}

function fellBack(mode: GpuMode, ran: string, reason: string | null): Error {
  return new Error(`GPU.js was asked for ${mode} and ran ${ran}${reason === null ? '' : `: ${reason}`}`);
}
