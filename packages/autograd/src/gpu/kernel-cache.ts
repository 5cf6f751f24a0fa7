import type { BoundStep } from './bound-plan.ts';
import type { Device } from './device.ts';
import type { Kernel } from './library.ts';

/** The kernels of one program: steps that can share one do. */
export interface KernelCache {
  readonly of: (step: BoundStep) => Kernel;
  readonly dispose: () => void;
}

export function createKernelCache({ gpu }: Device, asyncMode: boolean): KernelCache {
  const kernels = new Map<string, Kernel>();
  return {
    of: ({ kernel: { source, output }, key }) => {
      const settings = { output, precision: 'single', tactic: 'precision', asyncMode } as const;
      const kernel = kernels.get(key) ?? gpu.createKernel(source, settings);
      kernels.set(key, kernel);
      return kernel;
    },
    dispose: () => {
      for (const kernel of kernels.values()) kernel.destroy();
      kernels.clear();
    },
  };
}
