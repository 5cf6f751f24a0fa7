import { setFlagsFromString } from 'node:v8';
import type { Backend } from '@igos/autograd';
import type { GpuMode } from '@igos/autograd/gpu';
import { CliError, exitCodes } from './errors.ts';

interface BackendEntry {
  readonly open: () => Promise<Backend>;
  /**
   * Images in one run of the network that suit it: one where a processor's caches count, some where calls cost, a whole
   * path on a graphics card.
   */
  readonly batch: number;
}

/** The backends, the fastest first; those last that need something from outside of npm's usual installation. Nothing is loaded before it is asked for. */
const backends = {
  wasm: { open: openWasm, batch: 1 },
  'gpujs:webasm': { open: () => openGpu('webasm'), batch: 5 },
  reference: { open: async () => (await import('@igos/autograd')).referenceBackend, batch: 1 },
  'gpujs:cpu': { open: () => openGpu('cpu'), batch: 1 },
  'gpujs:webgpu': { open: () => openGpu('webgpu'), batch: 20 },
  'gpujs:webgl2': { open: () => openGpu('webgl2'), batch: 5 },
} satisfies Record<string, BackendEntry>;

type OwnName = keyof typeof backends;

export type BackendName = OwnName | 'auto';

export const backendNames: readonly BackendName[] = ['auto', ...(Object.keys(backends) as OwnName[])];

/** What `auto` tries, in this order. The last one always works. */
const automatic: readonly OwnName[] = ['wasm', 'gpujs:webasm', 'reference'];

export interface OpenedBackend {
  readonly backend: Backend;
  /** Images in one run of the network that suit it. */
  readonly batch: number;
}

/**
 * The backend of that name; `auto` is the fastest one that works here.
 * @throws CliError with the exit code for failures when the backend does not work on this machine
 */
export async function openBackend(name: BackendName): Promise<OpenedBackend> {
  const candidates = name === 'auto' ? automatic : [name];
  const failures: unknown[] = [];
  for (const candidate of candidates) {
    const { open, batch } = backends[candidate];
    try {
      return { backend: await open(), batch };
    } catch (error) {
      failures.push(error);
    }
  }
  const [cause] = failures;
  const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n');
  throw new CliError(`backend ${name} does not work here: ${reason}`, exitCodes.failure, { cause });
}

/** Node 20 keeps the fused multiply-add of WebAssembly behind a switch, which has to be on before the first use. */
async function openWasm(): Promise<Backend> {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const { createWasmBackend } = await import('@igos/autograd');
  return createWasmBackend();
}

async function openGpu(mode: GpuMode): Promise<Backend> {
  const { createGpuBackend } = await import('@igos/autograd/gpu');
  return createGpuBackend(mode);
}

/**
 * The backend with a pause before each run, in which the program hears signals: kernels on the CPU would otherwise
 * follow each other without one.
 *
 * @param onRun  called after every run
 */
export function interruptible(backend: Backend, onRun: () => void = () => {}): Backend {
  return {
    ...backend,
    load: (plan) => {
      const executable = backend.load(plan);
      return {
        run: async (inputs, timings) => {
          await new Promise<void>((resume) => setImmediate(resume));
          const results = await executable.run(inputs, timings);
          onRun();
          return results;
        },
        dispose: () => executable.dispose(),
      };
    },
    dispose: () => backend.dispose(),
  };
}
