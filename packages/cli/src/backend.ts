import type { Backend } from '@igos/autograd';
import { CliError, exitCodes } from './errors.ts';

/** How each backend is made, the fastest first. Nothing is loaded before it is asked for. */
const backends = {
  'gpujs:webasm': () => openGpu('webasm'),
  reference: async () => (await import('@igos/autograd')).referenceBackend,
  'gpujs:cpu': () => openGpu('cpu'),
  'gpujs:webgl2': () => openGpu('webgl2'),
} satisfies Record<string, () => Promise<Backend>>;

export type BackendName = keyof typeof backends | 'auto';

export const backendNames: readonly BackendName[] = ['auto', ...(Object.keys(backends) as (keyof typeof backends)[])];

/** What `auto` tries, in this order. The last one always works. */
const automatic: readonly (keyof typeof backends)[] = ['gpujs:webasm', 'reference'];

/**
 * The backend of that name; `auto` is the fastest one that works here.
 * @throws CliError with the exit code for failures when the backend does not work on this machine
 */
export async function openBackend(name: BackendName): Promise<Backend> {
  if (name !== 'auto') return open(name);
  for (const candidate of automatic.slice(0, -1)) {
    const backend = await open(candidate).catch(() => undefined);
    if (backend) return backend;
  }
  return open(automatic.at(-1) ?? 'reference');
}

async function open(name: keyof typeof backends): Promise<Backend> {
  try {
    return await backends[name]();
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new CliError(`backend ${name} does not work here: ${reason}`, exitCodes.failure, { cause });
  }
}

async function openGpu(mode: 'cpu' | 'webasm' | 'webgl2'): Promise<Backend> {
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
