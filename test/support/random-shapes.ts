import { constant, type PaddingOption, type Shape, type Tensor } from '@igos/autograd';
import fc from 'fast-check';
import { seededRandom, seededValues } from './seeded.ts';

type Pair = readonly [number, number];

/** A constant of seeded values in [−2, 2). */
export function seededTensor(seed: number, shape: Shape): Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return constant({ data: seededValues(seed, count), shape });
}

export const seeds = fc.integer({ min: 1, max: 1e6 });

const small = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(small(max), small(max));

/** Shapes of up to four axes with extents of up to 5, single rows and columns among them. */
export const shapes: fc.Arbitrary<number[]> = fc.array(small(5), { minLength: 1, maxLength: 4 });

/** `[n, h, w, c]`. */
export const imageShapes = fc.tuple(small(2), small(7), small(7), small(3));

export interface WindowCase {
  readonly image: readonly [number, number, number, number];
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: PaddingOption;
}

/** A window on an image: any geometry in which it fits at least once. */
export function windows({ maxDilation = 2, maxMargin = 2 } = {}): fc.Arbitrary<WindowCase> {
  const margin = fc.tuple(fc.nat(maxMargin), fc.nat(maxMargin));
  const padding = fc.oneof(fc.constantFrom('same' as const, 'valid' as const), fc.tuple(margin, margin));
  return fc
    .record({ image: imageShapes, size: pair(3), strides: pair(3), dilations: pair(maxDilation), padding })
    .filter(({ image, size, dilations, padding: around }) =>
      ([0, 1] as const).every((axis) => {
        if (around === 'same') return true;
        const [before, after] = around === 'valid' ? [0, 0] : around[axis];
        return image[1 + axis]! + before + after >= (size[axis] - 1) * dilations[axis] + 1;
      }),
    );
}

/** Rows and columns of padding before the first pixel, and the number of windows, along one axis: TensorFlow's rules. */
export function windowsAlong(axis: 0 | 1, { image, size, strides, dilations, padding }: WindowCase) {
  const extent = image[1 + axis]!;
  const reach = (size[axis] - 1) * dilations[axis] + 1;
  const stride = strides[axis];
  if (padding === 'valid') return { before: 0, count: Math.ceil((extent - reach + 1) / stride) };
  if (padding === 'same') {
    const count = Math.ceil(extent / stride);
    return { before: Math.floor(Math.max((count - 1) * stride + reach - extent, 0) / 2), count };
  }
  const [before, after] = padding[axis];
  return { before, count: Math.floor((extent + before + after - reach) / stride) + 1 };
}

/** A box inside a shape: begin, size and positive strides. */
export function randomBox(shape: Shape, seed: number) {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const strides = shape.map(() => 1 + upTo(2));
  const begin = shape.map((extent) => upTo(extent - 1));
  const size = shape.map((extent, axis) => 1 + upTo(Math.floor((extent - 1 - begin[axis]!) / strides[axis]!)));
  return { begin, size, strides };
}

/** Elements before and after each axis, fewer than it has. */
export function randomMargins(shape: Shape, seed: number): Pair[] {
  const random = seededRandom(seed);
  return shape.map((extent) => [Math.floor(random() * extent), Math.floor(random() * extent)]);
}

/** The axes of a shape in random order. */
export function shuffledAxes(shape: Shape, seed: number): number[] {
  const random = seededRandom(seed);
  const keyed = shape.map((_, axis) => ({ axis, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ axis }) => axis);
}
