import {
  averagePool,
  compile,
  constant,
  conv2d,
  depthwiseConv2d,
  gradient,
  input,
  maxPool,
  mul,
  type PaddingOption,
  referenceBackend,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import fc from 'fast-check';
import { afterAll, describe, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { kernelInterpreter } from '../support/kernel-interpreter.ts';
import { seededValues } from '../support/seeded.ts';

const card = kernelInterpreter('the kernels of a graphics card', { ordersConstants: true, rows: 20, arrays: 3 });
const backends = [await createGpuBackend('webasm'), card];
afterAll(() => backends.forEach((backend) => void backend.dispose()));

/** Channel counts of multiples of four take the SIMD kernels, the others the scalar ones. */
const channels = fc.constantFrom(1, 2, 3, 4, 8, 12);
const pair = (low: number, high: number) =>
  fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }));
const explicitPadding = [
  [1, 0],
  [2, 1],
] as const;
const geometry = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  size: pair(5, 11),
  inputs: channels,
  outputs: channels,
  window: pair(1, 3),
  strides: pair(1, 3),
  dilations: pair(1, 2),
  padding: fc.constantFrom<PaddingOption>('same', 'valid', explicitPadding),
  /** A constant filter is put in the order in which its kernel reads it. */
  hasConstantFilter: fc.boolean(),
});
type Geometry = typeof geometry extends fc.Arbitrary<infer G> ? G : never;

const layers: Record<string, (x: Tensor, w: Tensor, g: Geometry) => Tensor> = {
  conv2d: (x, w, { strides, dilations, padding }) => conv2d(x, w, { strides, dilations, padding }),
  depthwiseConv2d: (x, w, { strides, dilations, padding }) => depthwiseConv2d(x, w, { strides, dilations, padding }),
  maxPool: (x, _, { window, strides, padding }) => maxPool(x, { size: window, strides, padding }),
  averagePool: (x, _, { window, strides, padding }) => averagePool(x, { size: window, strides, padding }),
};

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

describe.each(backends)('a value and its gradients, for windows of any geometry, on $name', (backend) => {
  test.each(Object.keys(layers))('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(geometry, async (drawn) => {
        const { batch, size, inputs, outputs, window, hasConstantFilter } = drawn;
        // A window with nothing but padding under it has no largest pixel.
        fc.pre(drawn.padding !== explicitPadding || (window[0] > 1 && window[1] > 2));
        const x = input('x', [batch, ...size, inputs]);
        const filterShape = [...window, inputs, name === 'conv2d' ? outputs : 2];
        const filter = { data: seededValues(1, sizeOf(filterShape)), shape: filterShape };
        const w = hasConstantFilter ? constant(filter) : input('w', filterShape);
        const y = layers[name]!(x, w, drawn);
        const [slope, filterSlope] = gradient(mul(y, y), [x, w]);
        const request = {
          inputs: hasConstantFilter ? [x] : [x, w],
          outputs: { y, slope: slope!, filterSlope: filterSlope! },
        };
        const image = { data: seededValues(0, sizeOf(x.shape)), shape: x.shape };
        const arrays = hasConstantFilter ? { x: image } : { x: image, w: filter };
        const program = compile(request, backend);
        const [actual, expected] = [await program.run(arrays), await compile(request, referenceBackend).run(arrays)];
        program.dispose();
        for (const each of ['y', 'slope', 'filterSlope'] as const) {
          const difference = relativeDifference(actual[each], expected[each]);
          if (!(difference < 1e-5)) throw new Error(`${each} is off by ${difference}`);
        }
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});
