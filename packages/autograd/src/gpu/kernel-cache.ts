import type { BoundStep } from './bound-plan.ts';
import type { Device } from './device.ts';
import type { Kernel } from './library.ts';

/** The kernels of one program: steps that can share one do. */
export interface KernelCache {
  readonly of: (step: BoundStep) => Kernel;
  readonly dispose: () => void;
}

interface KernelOptions {
  readonly asyncMode: boolean;
  /** Whether results stay on the device, each in memory of its own. */
  readonly onDevice?: boolean;
}

export function createKernelCache({ gpu }: Device, { asyncMode, onDevice = false }: KernelOptions): KernelCache {
  const place = onDevice ? { pipeline: true, immutable: true } : {};
  const kernels = new Map<string, Kernel>();
  return {
    of: ({ kernel: { source, output }, key }) => {
      const settings = { output, precision: 'single', tactic: 'precision', asyncMode, ...place } as const;
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
