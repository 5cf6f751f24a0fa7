import {
  compile,
  concat,
  gradient,
  type HostArray,
  input,
  mul,
  referenceBackend,
  reshape,
  type Shape,
  sum,
  type Tensor,
} from '@igos/autograd';
import { seededValues } from './seeded.ts';

/** A function of tensors, and the point where its derivative is checked. */
export interface CheckedFunction {
  readonly build: (...inputs: Tensor[]) => Tensor;
  readonly at: readonly CheckedInput[];
}

interface CheckedInput extends HostArray {
  readonly dtype?: Tensor['dtype'];
  /** True when left out; a `bool` input never is. */
  readonly differentiable?: boolean;
}

export interface CheckOptions {
  /** 1 checks the gradient, 2 also the gradient of the gradient. */
  readonly order?: 1 | 2;
  /** Largest allowed error, relative to the largest entry of the gradient (at least 1). */
  readonly tolerance?: number;
  /** Inputs with more values are moved along random directions, the others one value at a time. */
  readonly fullUpTo?: number;
}

/** Half the distance of a central difference: its error is about h²·f‴/6, its rounding 1e-16·f/h. */
const h = 1e-5;
const randomDirections = 8;

/**
 * Compares derivatives with central differences in float64. The value is contracted with a random cotangent c, so its
 * gradient is c·J, and moving every input value once checks every entry of the Jacobian J. The second order does the
 * same to that gradient, as a function of the inputs and of c.
 *
 * @throws Error that names the input, the place and both numbers
 */
export async function checkGradient(
  checked: CheckedFunction,
  { order = 1, tolerance = 1e-6, fullUpTo = 200 }: CheckOptions = {},
): Promise<void> {
  const first = contract(checked);
  await compareWithDifferences(first, { tolerance, fullUpTo });
  if (order === 2) await compareWithDifferences(contract(gradientOf(first)), { tolerance, fullUpTo });
}

/** Σ c · f(x) for a random c, which becomes the first input. */
function contract({ build, at }: CheckedFunction): CheckedFunction {
  const { shape } = build(...leavesOf(at));
  const cotangent = { data: seededValues(at.length, sizeOf(shape)), shape };
  return { at: [cotangent, ...at], build: (...inputs) => sum(mul(inputs[0]!, build(...inputs.slice(1)))) };
}

/** The gradient of a scalar with respect to everything it can be differentiated by, as one vector. */
function gradientOf({ build, at }: CheckedFunction): CheckedFunction {
  return {
    at,
    build: (...inputs) => {
      const grads = gradient(
        build(...inputs),
        inputs.filter((_, i) => isDifferentiable(at[i]!)),
      );
      return concat(
        grads.map((grad) => reshape(grad, [-1])),
        0,
      );
    },
  };
}

type Bounds = Required<Omit<CheckOptions, 'order'>>;

async function compareWithDifferences({ build, at }: CheckedFunction, bounds: Bounds): Promise<void> {
  const inputs = leavesOf(at);
  const y = build(...inputs);
  const value = compile({ inputs, outputs: { y } }, referenceBackend);
  const slopes = compile({ inputs, outputs: Object.fromEntries(gradient(y, inputs).entries()) }, referenceBackend);
  const point = at.map(({ data }) => Float64Array.from(data));
  const run = (program: typeof slopes) =>
    program.run(Object.fromEntries(at.map(({ shape }, i) => [`x${i}`, { data: point[i]!, shape }])));

  const derivatives = await run(slopes);
  for (const [i, moved] of point.entries()) {
    if (!isDifferentiable(at[i]!)) continue;
    const slope = Float64Array.from(derivatives[i]!.data);
    const scale = slope.reduce((most, each) => Math.max(most, Math.abs(each)), 1);
    for (const direction of directionsFor(moved.length, bounds.fullUpTo)) {
      const start = moved.slice();
      const heights: number[] = [];
      for (const side of [h, -h]) {
        moved.set(start.map((each, j) => each + side * direction[j]!));
        heights.push((await run(value)).y!.data[0]!);
      }
      moved.set(start);
      const difference = (heights[0]! - heights[1]!) / (2 * h);
      const derivative = direction.reduce((total, step, j) => total + step * slope[j]!, 0);
      if (!(Math.abs(difference - derivative) <= bounds.tolerance * scale)) {
        const place = direction.length > bounds.fullUpTo ? 'a random direction' : `value ${direction.indexOf(1)}`;
        throw new Error(`input ${i}, ${place}: the derivative is ${derivative}, differences give ${difference}`);
      }
    }
  }
}

/** Every coordinate of a short vector, or a few random directions of a long one. */
function directionsFor(count: number, fullUpTo: number): Float64Array[] {
  if (count > fullUpTo) return Array.from({ length: randomDirections }, (_, k) => seededValues(k, count, [-1, 1]));
  return Array.from({ length: count }, (_, k) => new Float64Array(count).fill(1, k, k + 1));
}

function leavesOf(at: readonly CheckedInput[]): Tensor[] {
  return at.map(({ shape, dtype = 'float' }, i) => input(`x${i}`, shape, dtype));
}

function isDifferentiable({ dtype, differentiable = true }: CheckedInput): boolean {
  return differentiable && dtype !== 'bool';
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
