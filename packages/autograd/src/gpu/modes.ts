import { type GpuAdapter, gpuAdapters } from './adapters.ts';
import { type GpuMode, loadLibrary } from './library.ts';
import { provideWebGpu } from './node-webgpu.ts';

/**
 * Modes that can run here, the fastest first: WebGPU, then WebGL 2, where a graphics card does the work. A program that
 * stands in for a card works as well, but comes after WASM. In Node, `webgpu` needs the package of that name.
 *
 * @throws BackendUnavailableError when gpu.js is not installed
 */
export async function availableGpuModes(): Promise<GpuMode[]> {
  const { GPU } = await loadLibrary();
  await provideWebGpu().catch(() => undefined); // its absence is an answer here
  const { webgpu, webgl2 } = await gpuAdapters();
  const devices: [GpuMode, GpuAdapter | undefined][] = [
    ['webgpu', webgpu],
    ['webgl2', GPU.isWebGL2Supported ? webgl2 : undefined],
  ];
  const modes = (isSoftware: boolean) =>
    devices.flatMap(([mode, adapter]) => (adapter?.isSoftware === isSoftware ? [mode] : []));
  return [...modes(false), ...(GPU.isWebAssemblySupported ? (['webasm'] as const) : []), ...modes(true), 'cpu'];
}

/**
 * The mode that a page had best take: WebGPU or WebGL 2 on a graphics card; none where there is no card, as the wasm
 * backend is faster than any program that stands in for one. It loads nothing, so that such a page fetches no GPU.js.
 */
export async function recommendedGpuMode(): Promise<'webgpu' | 'webgl2' | undefined> {
  const { webgpu, webgl2 } = await gpuAdapters();
  if (webgpu?.isSoftware === false) return 'webgpu';
  return webgl2?.isSoftware === false ? 'webgl2' : undefined;
}
