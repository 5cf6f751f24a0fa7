import { type Backend, noiseFromHost } from '@igos/autograd';
import { bindPlan, type Source, type Target } from '../../packages/autograd/src/gpu/bound-plan.ts';

type KernelFunction = (this: object, ...arrays: readonly Float32Array[]) => number;

/**
 * Runs the kernels that GPU.js would get as the JavaScript that they are, thread after thread, for any target. What a
 * thread reads outside of an array is not-a-number here, where a graphics card might give something plausible.
 */
export function kernelInterpreter(name: string, target: Target): Backend {
  return {
    name,
    precision: 'float32',
    fuses: true,
    loops: false,
    batch: 1,
    hostNoise: noiseFromHost,
    load: (plan) => {
      const { inputs, steps, outputs } = bindPlan(plan, target);
      const run = (arrays: readonly ArrayLike<number>[]) => {
        const buffers: Float32Array[] = [];
        const read = (source: Source) => ('constant' in source ? source.constant.decode() : buffers[source.buffer]!);
        inputs.forEach(({ buffer }, i) => {
          buffers[buffer] = Float32Array.from(arrays[i]!);
        });
        for (const { kernel, reads, writes, size } of steps) {
          buffers[writes] = size === 0 ? new Float32Array(1) : runKernel(kernel, reads.map(read));
        }
        return outputs.map(({ source, shape }) => {
          const size = shape.reduce((product, extent) => product * extent, 1);
          return { data: read(source).slice(0, size), shape };
        });
      };
      return { run: async (arrays) => run(arrays.map(({ data }) => data)), dispose: () => undefined };
    },
    dispose: () => undefined,
  };
}

function runKernel({ source, output }: { source: string; output: readonly number[] }, arrays: readonly Float32Array[]) {
  const compute = new Function(`return ${source}`)() as KernelFunction;
  const [width = 1, height = 1, depth = 1] = output;
  const results = new Float32Array(width * height * depth);
  let at = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        results[at++] = compute.apply({ thread: { x, y, z }, output: { x: width, y: height, z: depth } }, [...arrays]);
      }
    }
  }
  return results;
}
