import type { Gpu, Kernel, Library } from './library.ts';

/** An array that is on the device. */
export interface Handle {
  /** Its values, nested by rows. */
  toArray(): unknown;
  delete(): void;
}

/** A kernel that leaves what it reads on the device. One serves all lengths. */
export function createUpload({ input }: Library, gpu: Gpu): (values: Float32Array) => Handle | Promise<Handle> {
  let kernel: Kernel | undefined;
  return (values) => {
    const output = [values.length];
    kernel ??= gpu.createKernel('function (v) {\n  return v[this.thread.x];\n}', {
      output,
      precision: 'single',
      tactic: 'precision',
      asyncMode: false,
      pipeline: true,
      immutable: true,
      dynamicOutput: true,
      dynamicArguments: true,
    });
    kernel.setOutput(output);
    return kernel(input(values, [values.length])) as Handle | Promise<Handle>;
  };
}
