import { DeviceLostError } from '../errors.ts';
import type { Target } from './bound-plan.ts';
import type { ConstantStore } from './constant-store.ts';
import type { Handle } from './handle.ts';
import type { Gpu, GpuMode, Library } from './library.ts';

/** Where the kernels of one backend run. */
export interface Device {
  readonly mode: GpuMode;
  readonly library: Library;
  readonly gpu: Gpu;
  /** What computes, as its driver calls it. */
  readonly name: string;
  /** What plans are bound for. */
  readonly target: Target;
  /** Where arrays can stay on the device between kernels. */
  readonly resident?: {
    upload(values: Float32Array): Handle | Promise<Handle>;
    /** Waits until the device has done all that it was given. */
    settle(): Promise<void>;
  };
  /** Keeps the constants of one program. */
  readonly storeConstants: () => ConstantStore;
  /**
   * Does what needs the device. Where memory is allocated, it also asks what the device refused.
   *
   * @throws DeviceLostError when the device was lost before or is lost meanwhile: GPU.js would give zeros, or never answer
   */
  run<T>(task: () => Promise<T>, options: { readonly allocates: boolean }): Promise<T>;
  dispose(): void;
}

/** One clear error for whatever GPU.js says, or does not say, about a device that is gone. */
export function lostError(mode: GpuMode, reason: string, cause?: unknown): DeviceLostError {
  const why = reason === '' ? '' : ` (${reason})`;
  return new DeviceLostError(
    `gpujs:${mode} lost the GPU${why}: create the backend and its programs again, with fewer images in a run if it happens again`,
    { cause },
  );
}
