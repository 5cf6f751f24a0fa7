import { BackendUnavailableError } from '../errors.ts';
import { webGpuAdapter } from './adapters.ts';
import { storeArrays } from './constant-store.ts';
import { type Device, lostError } from './device.ts';
import { createUpload } from './handle.ts';
import type { Library } from './library.ts';
import { isNode, provideWebGpu, webGpuAdvice } from './node-webgpu.ts';

/**
 * WebGPU: of the page, or in Node of the package `webgpu`.
 *
 * @throws BackendUnavailableError when there is no adapter, or the package is missing or cannot be used
 */
export async function openWebGpu(library: Library): Promise<Device> {
  await provideWebGpu();
  const adapter = await webGpuAdapter();
  if (!adapter) {
    throw new BackendUnavailableError('gpujs:webgpu finds no adapter here: no graphics card, or no driver for it');
  }
  const context = await library.WebGPUContext.acquire().catch((cause: Error) => {
    const advice = isNode() ? `; the package webgpu that works with GPU.js is 0.6.2: ${webGpuAdvice}` : '';
    throw new BackendUnavailableError(`gpujs:webgpu cannot use ${adapter.name}: ${cause.message}${advice}`, { cause });
  });
  const gpu = new library.GPU({ mode: 'webgpu' });
  // A kernel writes to one buffer, and GPU.js groups its threads by eight.
  const { limits } = context.device;
  const pending = new Set<(reason: Error) => void>();
  void context.device.lost.then(({ message }) => {
    for (const reject of pending) reject(lostError('webgpu', message));
  });
  return {
    mode: 'webgpu',
    library,
    gpu,
    name: adapter.name,
    target: {
      arrays: limits.maxStorageBuffersPerShaderStage - 1,
      rows: 8 * limits.maxComputeWorkgroupsPerDimension,
      ordersConstants: true,
    },
    resident: {
      upload: createUpload(library, gpu),
      settle: async () => {
        await context.device.queue.onSubmittedWorkDone();
      },
    },
    storeConstants: storeArrays,
    run: async (task, { allocates }) => {
      if (context.isLost) throw lostError('webgpu', '');
      const running = allocates ? reportingRefusals(context.device, task) : task();
      return new Promise((resolve, reject) => {
        pending.add(reject);
        running
          .then(resolve, (cause) => reject(context.isLost ? lostError('webgpu', '', cause) : cause))
          .finally(() => pending.delete(reject));
      });
    },
    dispose: () => void gpu.destroy(),
  };
}

/** WebGPU tells what it refuses apart from the results, which then are zeros. */
async function reportingRefusals<T>(device: GPUDevice, task: () => Promise<T>): Promise<T> {
  const filters = ['validation', 'out-of-memory', 'internal'] as const;
  for (const filter of filters) device.pushErrorScope(filter);
  const refused = async () => Promise.all(filters.map(() => device.popErrorScope()));
  const result = await task().catch(async (cause: unknown) => {
    await refused();
    throw cause;
  });
  const [error] = (await refused()).filter((each) => each !== null);
  if (error) throw new Error(`gpujs:webgpu cannot run this program: ${error.message.split('\n')[0]}`);
  return result;
}
