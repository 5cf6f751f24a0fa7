import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { aroundRuns, type Backend, type ThreadUse } from '@igos/autograd';
import type { GpuMode } from '@igos/autograd/gpu';
import { CliError, exitCodes } from './errors.ts';

export interface BackendOptions {
  /** Threads that compute, where the backend has threads of its own. Default 1. */
  readonly threads?: number;
}

interface BackendEntry {
  readonly open: (options: BackendOptions) => Promise<Backend>;
  /** The same backend as a rehearsal, which tells what memory a run needs. */
  readonly rehearse?: (options: BackendOptions) => Promise<Backend>;
}

/** The backends, the fastest first; those last that need something from outside of npm's usual installation. Nothing is loaded before it is asked for. */
const backends = {
  wasm: {
    open: (options: BackendOptions) => openWasm(options),
    rehearse: (options: BackendOptions) => openWasm(options, true),
  },
  'gpujs:webasm': { open: () => openGpu('webasm') },
  reference: { open: async () => (await import('@igos/autograd')).referenceBackend },
  'gpujs:cpu': { open: () => openGpu('cpu') },
  'gpujs:webgpu': { open: () => openGpu('webgpu') },
  'gpujs:webgl2': { open: () => openGpu('webgl2') },
} satisfies Record<string, BackendEntry>;

type OwnName = keyof typeof backends;

export type BackendName = OwnName | 'auto';

export const backendNames: readonly BackendName[] = ['auto', ...(Object.keys(backends) as OwnName[])];

/** What `auto` tries, in this order. The last one always works. */
const automatic: readonly OwnName[] = ['wasm', 'gpujs:webasm', 'reference'];

export interface OpenedBackend {
  readonly backend: Backend;
  /** Threads that compute, where it has threads of its own. */
  readonly threads?: number;
}

/**
 * The backend of that name; `auto` is the fastest one that works here.
 * @throws CliError with the exit code for failures when the backend does not work on this machine
 */
export async function openBackend(name: BackendName, options: BackendOptions = {}): Promise<OpenedBackend> {
  return firstThatWorks(name, async ({ open, rehearse }) => {
    const backend = await open(options);
    return { backend, ...(rehearse && { threads: options.threads ?? 1 }) };
  });
}

/** A rehearsal of the backend that `openBackend` would open, or undefined where that has none. */
export async function rehearseBackend(name: BackendName, options: BackendOptions): Promise<Backend | undefined> {
  return firstThatWorks(name, async ({ open, rehearse }) => {
    if (rehearse) return rehearse(options);
    (await open(options)).dispose();
    return undefined;
  });
}

/** As many as the library starts. */
export const mostThreads = 64;

/** More threads than this gain little: a path gradient is four groups of points, and most layers are a dozen units of work. */
const mostThreadsByDefault = 8;

/** What a person should know who asked for so many threads and got others; undefined where all is well. */
export function threadWarning(
  backend: Backend,
  { wanted, use }: { readonly wanted: number | undefined; readonly use: ThreadUse | undefined },
): string | undefined {
  if (!use) return wanted === undefined ? undefined : `The backend ${backend.name} takes no notice of --threads.`;
  return use.failure && `One thread did all the work: ${use.failure.message}.`;
}

/** Threads that suit this machine. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), mostThreadsByDefault);
}

async function firstThatWorks<T>(name: BackendName, use: (entry: BackendEntry) => Promise<T>): Promise<T> {
  const candidates = name === 'auto' ? automatic : [name];
  const failures: unknown[] = [];
  for (const candidate of candidates) {
    try {
      return await use(backends[candidate]);
    } catch (error) {
      failures.push(error);
    }
  }
  const [cause] = failures;
  const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n');
  throw new CliError(`backend ${name} does not work here: ${reason}`, exitCodes.failure, { cause });
}

/** Node 20 keeps the fused multiply-add of WebAssembly behind a switch, which has to be on before the first use. */
async function openWasm({ threads = 1 }: BackendOptions, rehearsing = false): Promise<Backend> {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const { createWasmBackend, rehearse } = await import('@igos/autograd');
  if (rehearsing) return createWasmBackend({ threads, rehearse });
  if (threads === 1) return createWasmBackend();
  const { startThreads } = await import('@igos/autograd/node');
  return createWasmBackend({ threads, startThreads });
}

async function openGpu(mode: GpuMode): Promise<Backend> {
  const { createGpuBackend } = await import('@igos/autograd/gpu');
  return createGpuBackend(mode);
}

/**
 * The backend with a pause before each run, in which the program hears signals: kernels on the calling thread would
 * otherwise follow each other without one.
 *
 * @param onRun  called as every run begins
 */
export function interruptible(backend: Backend, onRun: () => void = () => {}): Backend {
  const before = () => new Promise<void>((resume) => setImmediate(resume));
  return aroundRuns(backend, { before, each: onRun });
}
