import type { DType, HostArray, Shape, Tensor } from '@igos/autograd';
import { seededRandom } from './seeded.ts';

/** One input of an op case: its shape, and how its values are drawn from a random source. */
export interface InputSpec {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether derivatives with respect to it are checked. */
  readonly differentiable: boolean;
  readonly draw: (random: () => number, count: number) => readonly number[];
}

/** A bare shape stands for `floats(shape)`. */
export type InputLike = Shape | InputSpec;

interface FloatOptions {
  readonly between?: readonly [number, number];
  /** Places where a derivative jumps: values closer than 0.05 are moved away. */
  readonly kinks?: readonly number[];
}

/** Uniform numbers, none near a kink (0 by default). */
export function floats(shape: Shape, { between: [low, high] = [-2, 2], kinks = [0] }: FloatOptions = {}): InputSpec {
  const drawOne = (random: () => number): number => {
    const value = low + (high - low) * random();
    return kinks.some((kink) => Math.abs(value - kink) < 0.05) ? drawOne(random) : value;
  };
  return spec(shape, (random, count) => Array.from({ length: count }, () => drawOne(random)));
}

/** Uniform numbers of [0.2, 2.2], for logarithms, roots and denominators. */
export const positive = (shape: Shape): InputSpec => floats(shape, { between: [0.2, 2.2] });

/** Evenly spaced numbers of [−2, 2] in random order: no ties, so maxima have a derivative. */
export function distinct(shape: Shape): InputSpec {
  return spec(shape, (random, count) => {
    const ranked = Array.from({ length: count }, (_, rank) => ({ rank, key: random() }));
    return ranked.sort((a, b) => a.key - b.key).map(({ rank }) => -2 + (4 * (rank + 0.37)) / count);
  });
}

/** Whole numbers from low to high, so that equal ones meet; not for derivatives. */
export function integers(shape: Shape, [low, high]: readonly [number, number] = [-1, 1]): InputSpec {
  return fixed(
    spec(shape, (random, count) => Array.from({ length: count }, () => low + Math.floor((high - low + 1) * random()))),
  );
}

/** True and false at random. */
export function bools(shape: Shape): InputSpec {
  return { ...integers(shape, [0, 1]), dtype: 'bool' };
}

/** Exactly these values; not for derivatives. */
export function given(shape: Shape, values: readonly number[]): InputSpec {
  return fixed(spec(shape, () => values));
}

/** The same input, left out of derivative checks. */
export function fixed(input: InputLike): InputSpec {
  return { ...specOf(input), differentiable: false };
}

export function specOf(input: InputLike): InputSpec {
  return 'draw' in input ? input : floats(input);
}

/** Values for an input, the same for the same seed and exact in float32. */
export function drawInput({ shape, draw }: InputSpec, seed: number): HostArray {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const data = Float64Array.from(draw(seededRandom(seed), count), Math.fround);
  if (data.length !== count) throw new Error(`an op case draws ${data.length} values for [${shape}]`);
  return { data, shape };
}

function spec(shape: Shape, draw: InputSpec['draw']): InputSpec {
  return { shape, dtype: 'float', differentiable: true, draw };
}

/** A row of a table of op cases; the op is its key. */
export interface Row {
  /** What is special about it; the shapes when left out. */
  readonly note?: string;
  readonly inputs: readonly InputLike[];
  readonly build: (...inputs: Tensor[]) => Tensor;
}
