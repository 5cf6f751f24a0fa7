import { flatten } from './bound-plan.ts';
import { toFloat32 } from './constants.ts';
import type { Device } from './device.ts';
import type { Handle } from './handle.ts';
import type { Flat } from './library.ts';

/** An array as a kernel takes it: here, or a handle of one on the device. */
type Stored = object;

/** Where arrays are while steps run one by one. */
export interface StepMemory {
  /** Whether kernels leave their results on the device. */
  readonly onDevice: boolean;
  put(values: ArrayLike<number>): Promise<Stored>;
  /** Takes what a kernel gave. */
  keep(result: unknown, size: number): Stored;
  read(array: Stored, size: number): Promise<Float32Array>;
  free(array: Stored): void;
  /** Waits until all that was asked for is done. */
  settle(): Promise<void>;
}

export function stepMemory({ resident, library }: Device): StepMemory {
  if (resident) {
    return {
      onDevice: true,
      put: async (values) => resident.upload(toFloat32(values)),
      keep: (result) => result as Stored,
      read: async (array, size) => flatten(await (array as Handle).toArray(), size),
      free: (array) => (array as Handle).delete(),
      settle: resident.settle,
    };
  }
  const flat = (values: Float32Array): Flat => library.input(values, [values.length]);
  return {
    onDevice: false,
    put: async (values) => flat(toFloat32(values)),
    keep: (result, size) => flat(toFloat32(flatten(result, size))),
    read: async (array, size) => (array as Flat).value.slice(0, size),
    free: () => undefined,
    settle: async () => undefined,
  };
}
