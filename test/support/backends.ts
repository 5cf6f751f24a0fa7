import { type Backend, createWasmBackend, referenceBackend } from '@igos/autograd';
import type { GpuMode } from '@igos/autograd/gpu';

/** A backend of this machine, and how far its values may be from `reference`. */
export interface TestedBackend {
  readonly backend: Backend;
  /** Largest difference, relative to the largest value of the expected array (at least 1). */
  readonly tolerance: number;
}

export interface SkippedBackend {
  readonly name: string;
  readonly why: string;
}

/** float32 has 24 bits: a few dozen roundings in the longest sum of a test stay well below this. */
const float32Tolerance = 1e-5;

/** Starts every backend this machine can run, and tells why the others cannot. */
export async function startBackends(): Promise<{ ran: TestedBackend[]; skipped: SkippedBackend[] }> {
  const ran: TestedBackend[] = [
    { backend: referenceBackend, tolerance: 1e-12 },
    { backend: createWasmBackend(), tolerance: float32Tolerance },
  ];
  const skipped: SkippedBackend[] = [];
  for (const mode of ['cpu', 'webasm', 'webgl2', 'webgpu'] as const) {
    try {
      ran.push({ backend: await createGpu(mode), tolerance: float32Tolerance });
    } catch (error) {
      skipped.push({ name: `gpujs:${mode}`, why: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { name, why } of skipped) console.warn(`backend ${name} was skipped: ${why}`);
  return { ran, skipped };
}

async function createGpu(mode: GpuMode): Promise<Backend> {
  const { createGpuBackend } = await import('@igos/autograd/gpu');
  return createGpuBackend(mode);
}
