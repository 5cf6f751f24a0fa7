import { BackendUnavailableError } from '../errors.ts';

/** The part of GPU.js that the backend uses, with its exact types; the package's own are looser. */
export interface Library {
  readonly GPU: {
    new (settings: GpuSettings): Gpu;
    readonly isWebAssemblySupported: boolean;
    readonly isWebGL2Supported: boolean;
  };
  /** A flat array that kernels may index in one go whatever its extents. */
  readonly input: (values: Float32Array, extents: readonly [number]) => Flat;
  /** The one WebGPU device that all kernels of a page or process share. */
  readonly WebGPUContext: { acquire(): Promise<WebGpuContext> };
}

export type GpuMode = 'cpu' | 'webasm' | 'webgl2' | 'webgpu';

interface GpuSettings {
  readonly mode: GpuMode;
  /** A context to use instead of a new one. */
  readonly context?: WebGL2RenderingContext;
  /** Only its size is set, to that of the largest texture: an idle canvas would take memory for it. */
  readonly canvas?: { width: number; height: number };
}

export interface Gpu {
  createKernel(source: string, settings: KernelSettings): Kernel;
  createPipeline(orchestrate: (...handles: unknown[]) => unknown): Pipeline;
  destroy(): Promise<void>;
}

interface WebGpuContext {
  readonly device: GPUDevice;
  readonly isLost: boolean;
}

export interface Flat {
  readonly value: Float32Array;
}

interface KernelSettings {
  readonly output: readonly number[];
  readonly precision: 'single';
  /** GLSL's `highp`: the others may compute with 16 bits. */
  readonly tactic: 'precision';
  readonly asyncMode: boolean;
  /** Leaves the result on the device, and gives a handle. */
  readonly pipeline?: boolean;
  /** Whether each result has memory of its own. */
  readonly immutable?: boolean;
  readonly dynamicOutput?: boolean;
  readonly dynamicArguments?: boolean;
}

/** Callable with flat arrays or pipeline handles. A result has the nesting of `output`. */
export interface Kernel {
  (...args: readonly unknown[]): unknown;
  readonly kernel: KernelInside;
  setOutput(output: readonly number[]): void;
  destroy(): void;
}

interface KernelInside {
  /** `gpu` stands for every WebGL. Never look at the constructor's name, which a minifier changes. */
  readonly constructor: { readonly mode: string };
  /** Why GPU.js gave up the asked mode, which it does with a mere console line. */
  readonly fallbackReason: string | null;
}

export interface Pipeline {
  (...args: readonly unknown[]): Promise<unknown>;
  /** What executes the steps; null before the first call. */
  readonly backend: string | null;
  readonly executorKind: string;
  readonly fallbackReason: string | null;
  /** Kernels of a pipeline that is not fused, once it has run. */
  readonly plan: { readonly genericClones: ReadonlyMap<string, Kernel> } | null;
  destroy(): Promise<void>;
}

/**
 * Loads GPU.js, an optional dependency.
 *
 * @throws BackendUnavailableError when it is not installed
 */
export async function loadLibrary(): Promise<Library> {
  const module = await import('gpu.js').catch((cause: unknown) => {
    throw new BackendUnavailableError('the gpujs backends need the package gpu.js: npm install gpu.js', { cause });
  });
  return ((module as { default?: unknown }).default ?? module) as Library;
}
