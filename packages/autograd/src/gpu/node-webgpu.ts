import { BackendUnavailableError } from '../errors.ts';

/** What the npm package `webgpu` exports: WebGPU for Node. */
interface NodeWebGpu {
  readonly create?: (options: readonly string[]) => GPU;
  /** `GPUDevice` and its like, which are global in a page. */
  readonly globals?: object;
}

/** A variable, so that bundlers do not look for the package: most programs neither have nor need it. */
const optional: string = 'webgpu';

/** What a user of Node has to do. GPU.js itself asks for 0.2.9, which does not work with it. */
export const webGpuAdvice = 'npm install webgpu@0.6.2';

/** Whether WebGPU can be asked for an adapter. */
export function hasWebGpu(): boolean {
  return typeof navigator !== 'undefined' && 'gpu' in navigator && navigator.gpu !== undefined;
}

export function isNode(): boolean {
  return typeof globalThis.process?.versions?.node === 'string';
}

/**
 * Puts WebGPU on `navigator.gpu` in Node, where GPU.js looks for it. Leaves a page, and what already is there, alone.
 *
 * @throws BackendUnavailableError in Node when the package `webgpu` is missing or is one that cannot be used
 */
export async function provideWebGpu(): Promise<void> {
  if (hasWebGpu() || !isNode()) return;
  const found: NodeWebGpu = await import(/* @vite-ignore */ /* webpackIgnore: true */ optional).catch(
    (cause: unknown) => {
      throw unusable(cause);
    },
  );
  if (!found.create || !found.globals) throw unusable();
  Object.assign(globalThis, found.globals);
  // Node 20 has no `navigator`; later ones have one without `gpu`.
  if (typeof navigator === 'undefined') Object.defineProperty(globalThis, 'navigator', { value: {}, writable: true });
  Object.defineProperty(navigator, 'gpu', { value: found.create([]), configurable: true });
}

function unusable(cause?: unknown): BackendUnavailableError {
  const [reason] = cause instanceof Error ? cause.message.split('\n') : ['it is not WebGPU for Node'];
  return new BackendUnavailableError(
    `gpujs:webgpu in Node needs the package webgpu, version 0.6.2: ${webGpuAdvice} (${reason})`,
    { cause },
  );
}
