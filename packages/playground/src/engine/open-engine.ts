import { type Backend, createWasmBackend } from '@igos/autograd';
import { startThreads } from '@igos/autograd/browser';
import type { EngineName } from './engine-names.ts';
import { withPauses } from './pauses.ts';

/** What computes. */
export interface Engine {
  readonly name: EngineName;
  readonly backend: Backend;
}

/** More threads gain little here, and a phone has other things to do. */
const mostThreads = 4;

export function openWasm(): Engine {
  const threads = Math.min(navigator.hardwareConcurrency, mostThreads);
  const backend = createWasmBackend(threads > 1 ? { threads, startThreads } : {});
  return { name: 'wasm', backend: withPauses(backend) };
}

/**
 * Opens what is asked for. GPU.js is large, and is fetched here, by readers who want it.
 *
 * @throws BackendUnavailableError where the browser has no such thing
 */
export async function openEngine(name: EngineName): Promise<Engine> {
  if (name === 'wasm') return openWasm();
  const { createGpuBackend } = await import('@igos/autograd/gpu');
  const backend = await createGpuBackend(name === 'gpujs:webgpu' ? 'webgpu' : 'webgl2');
  return { name, backend: withPauses(backend) };
}
