import type { Tensor } from '../graph/tensor.ts';
import { type BoundStep, constantValues } from './bound-plan.ts';
import type { Flat, Kernel } from './library.ts';
import type { RunnerOptions } from './runner.ts';

/** Finds what a step needs, and makes it where it is the first to ask. */
export interface Caches {
  readonly kernelOf: (step: BoundStep) => Kernel;
  readonly constantOf: (constant: Tensor) => Flat;
  /** A flat array as kernels take it. */
  readonly flat: (values: Float32Array) => Flat;
  readonly forgetConstants: () => void;
  readonly dispose: () => void;
}

export function createCaches({ library, gpu }: RunnerOptions, asyncMode: boolean): Caches {
  const kernels = new Map<string, Kernel>();
  const constants = new Map<Tensor, Flat>();
  const flat = (values: Float32Array) => library.input(values, [values.length]);
  return {
    kernelOf: ({ kernel: { source, output }, key }) => {
      const settings = { output, precision: 'single', tactic: 'precision', asyncMode } as const;
      const kernel = kernels.get(key) ?? gpu.createKernel(source, settings);
      kernels.set(key, kernel);
      return kernel;
    },
    constantOf: (constant) => {
      const values = constants.get(constant) ?? flat(constantValues(constant));
      constants.set(constant, values);
      return values;
    },
    flat,
    forgetConstants: () => constants.clear(),
    dispose: () => {
      for (const kernel of kernels.values()) kernel.destroy();
      kernels.clear();
      constants.clear();
    },
  };
}
