import { BackendUnavailableError } from '../errors.ts';
import { storeArrays } from './constant-store.ts';
import type { Device } from './device.ts';
import { type GpuMode, type Library, loadLibrary } from './library.ts';
import { availableGpuModes } from './modes.ts';
import { openWebGl2 } from './webgl2-device.ts';
import { openWebGpu } from './webgpu-device.ts';

/**
 * Opens what a mode runs on.
 *
 * @throws BackendUnavailableError when gpu.js is not installed or the mode is not available here
 */
export async function openDevice(mode: GpuMode): Promise<Device> {
  const library = await loadLibrary();
  const device = mode === 'webgpu' ? await openWebGpu(library) : openHere(mode, library);
  if (device) return device;
  throw new BackendUnavailableError(
    `gpujs:${mode} is not available here; ${(await availableGpuModes()).join(', ')} are`,
  );
}

function openHere(mode: Exclude<GpuMode, 'webgpu'>, library: Library): Device | undefined {
  if (mode === 'webgl2') return openWebGl2(library);
  if (mode === 'webasm' && !library.GPU.isWebAssemblySupported) return undefined;
  const gpu = new library.GPU({ mode });
  return {
    mode,
    library,
    gpu,
    name: mode === 'cpu' ? 'JavaScript' : 'WebAssembly',
    target: {},
    storeConstants: storeArrays,
    run: (task) => task(),
    dispose: () => void gpu.destroy(),
  };
}
