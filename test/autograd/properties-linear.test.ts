import * as ag from '@igos/autograd';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectNumbers, numbers } from '../support/numbers.ts';
import {
  imageShapes,
  randomBox,
  randomMargins,
  seededTensor,
  seeds,
  shapes,
  shuffledAxes,
  windows,
} from '../support/random-shapes.ts';

type Tensor = ag.Tensor;

/** A linear op with its options, and the shape of what it takes. */
interface LinearMap {
  readonly shape: ag.Shape;
  readonly apply: (x: Tensor) => Tensor;
}

const linear = (shape: ag.Shape, apply: LinearMap['apply']): LinearMap => ({ shape, apply });
const few = fc.integer({ min: 1, max: 3 });
const size = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
const coordinates = fc.constantFrom<ag.Coordinates[]>('alignCorners', 'halfPixel', 'legacy');
const ofShape = (make: (shape: number[], seed: number) => LinearMap) =>
  fc.tuple(shapes, seeds).map(([shape, seed]) => make(shape, seed));

const linearMaps: Readonly<Record<string, fc.Arbitrary<LinearMap>>> = {
  'conv2d of images': fc.tuple(windows(), few, seeds).map(([window, outputs, seed]) => {
    const filter = seededTensor(seed, [...window.size, window.image[3], outputs]);
    return linear(window.image, (x) => ag.conv2d(x, filter, window));
  }),
  'conv2d of filters': fc.tuple(windows(), few, seeds).map(([window, outputs, seed]) => {
    const image = seededTensor(seed, window.image);
    return linear([...window.size, window.image[3], outputs], (filter) => ag.conv2d(image, filter, window));
  }),
  'depthwiseConv2d of images': fc.tuple(windows(), few, seeds).map(([window, multiplier, seed]) => {
    const filter = seededTensor(seed, [...window.size, window.image[3], multiplier]);
    return linear(window.image, (x) => ag.depthwiseConv2d(x, filter, window));
  }),
  'depthwiseConv2d of filters': fc.tuple(windows(), few, seeds).map(([window, multiplier, seed]) => {
    const image = seededTensor(seed, window.image);
    const shape = [...window.size, window.image[3], multiplier];
    return linear(shape, (filter) => ag.depthwiseConv2d(image, filter, window));
  }),
  averagePool: windows({ maxDilation: 1, maxMargin: 0 }).map((window) =>
    linear(window.image, (x) => ag.averagePool(x, window)),
  ),
  resizeBilinear: fc
    .tuple(imageShapes, size, coordinates)
    .map(([shape, to, how]) => linear(shape, (x) => ag.resizeBilinear(x, to, { coordinates: how }))),
  resizeNearest: fc
    .tuple(imageShapes, size, coordinates)
    .map(([shape, to, how]) => linear(shape, (x) => ag.resizeNearest(x, to, { coordinates: how }))),
  gaussianBlur: imageShapes
    .filter(([, rows, columns]) => rows > 1 && columns > 1)
    .map((shape) => linear(shape, (x) => ag.gaussianBlur(x, { size: 3, sigma: 0.9 }))),
  slice: ofShape((shape, seed) => linear(shape, (x) => ag.slice(x, randomBox(shape, seed)))),
  'pad with zeros': ofShape((shape, seed) => linear(shape, (x) => ag.pad(x, randomMargins(shape, seed)))),
  'pad by reflection': ofShape((shape, seed) =>
    linear(shape, (x) => ag.pad(x, randomMargins(shape, seed), { mode: 'reflect' })),
  ),
  'pad symmetrically': ofShape((shape, seed) =>
    linear(shape, (x) => ag.pad(x, randomMargins(shape, seed), { mode: 'symmetric' })),
  ),
  broadcastTo: ofShape((shape, seed) => {
    const box = randomBox(shape, seed);
    const small = shape.map((extent, axis) => (box.begin[axis] === 0 ? 1 : extent));
    return linear(small, (x) => ag.broadcastTo(x, [2, ...shape]));
  }),
  gather: ofShape((shape, seed) => {
    const indices = shuffledAxes(new Array(7).fill(0), seed).map((index) => index % shape.at(-1)!);
    return linear(shape, (x) => ag.gather(x, indices, -1));
  }),
  sum: ofShape((shape, seed) => linear(shape, (x) => ag.sum(x, { axes: shuffledAxes(shape, seed).slice(1) }))),
  mean: ofShape((shape, seed) => linear(shape, (x) => ag.mean(x, { axes: shuffledAxes(shape, seed).slice(1) }))),
  transpose: ofShape((shape, seed) => linear(shape, (x) => ag.transpose(x, shuffledAxes(shape, seed)))),
  concat: ofShape((shape, seed) => {
    const other = ag.mul(seededTensor(seed, shape), 0);
    return linear(shape, (x) => ag.concat([other, x, ag.mul(x, 2)], -1));
  }),
  reverse: ofShape((shape, seed) => linear(shape, (x) => ag.reverse(x, shuffledAxes(shape, seed)[0]!))),
};

const runs = { numRuns: 200, seed: 20 };
const dot = (a: number[], b: number[]) => a.reduce((total, value, i) => total + value * b[i]!, 0);
const norm = (a: number[]) => Math.sqrt(dot(a, a));

describe.each(Object.entries(linearMaps))('%s', (_, maps) => {
  test('has the transposed map as its gradient: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩', () => {
    fc.assert(
      fc.property(maps, seeds, ({ shape, apply }, seed) => {
        const x = seededTensor(seed, shape);
        const image = apply(x);
        const y = seededTensor(seed + 1, image.shape);
        const [transposed] = ag.gradient(image, [x], { seed: y });
        const [forward, backward] = [dot(numbers(image), numbers(y)), dot(numbers(x), numbers(transposed))];
        expect(Math.abs(forward - backward)).toBeLessThanOrEqual(1e-13 * norm(numbers(image)) * norm(numbers(y)));
      }),
      runs,
    );
  });

  test('is linear: A(2x − 3z) = 2Ax − 3Az', () => {
    fc.assert(
      fc.property(maps, seeds, ({ shape, apply }, seed) => {
        const [x, z] = [seededTensor(seed, shape), seededTensor(seed + 1, shape)];
        const parts = ag.sub(ag.mul(apply(x), 2), ag.mul(apply(z), 3));
        expectNumbers(apply(ag.sub(ag.mul(x, 2), ag.mul(z, 3))), numbers(parts));
      }),
      runs,
    );
  });
});
