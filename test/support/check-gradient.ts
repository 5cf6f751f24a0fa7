import {
  type Backend,
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
import type { TestedBackend } from './backends.ts';
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
  /** Backends whose derivatives are compared, each with its tolerance; `reference` unless given. Values are always its. */
  readonly on?: readonly TestedBackend[];
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
  { order = 1, tolerance = 1e-6, fullUpTo = 200, on = [{ backend: referenceBackend, tolerance }] }: CheckOptions = {},
): Promise<void> {
  const first = contract(checked);
  await compareWithDifferences(first, { fullUpTo, on });
  if (order === 2) await compareWithDifferences(contract(gradientOf(first)), { fullUpTo, on });
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

type Comparison = Required<Pick<CheckOptions, 'fullUpTo' | 'on'>>;

async function compareWithDifferences(checked: CheckedFunction, { fullUpTo, on }: Comparison): Promise<void> {
  const { at } = checked;
  const derivatives = await Promise.all(
    on.map(async (tested) => ({ ...tested, slopes: await derivativesOn(tested.backend, checked) })),
  );
  const inputs = leavesOf(at);
  const value = compile({ inputs, outputs: { y: checked.build(...inputs) } }, referenceBackend);
  const point = at.map(({ data }) => Float64Array.from(data));
  const height = async () => (await value.run(arraysOf(at, point))).y!.data[0]!;

  for (const [i, moved] of point.entries()) {
    if (!isDifferentiable(at[i]!)) continue;
    for (const direction of directionsFor(moved.length, fullUpTo)) {
      const start = moved.slice();
      const heights: number[] = [];
      for (const side of [h, -h]) {
        moved.set(start.map((each, j) => each + side * direction[j]!));
        heights.push(await height());
      }
      moved.set(start);
      const difference = (heights[0]! - heights[1]!) / (2 * h);
      for (const { backend, tolerance, slopes } of derivatives) {
        const { slope, scale } = slopes[i]!;
        const derivative = direction.reduce((total, step, j) => total + step * slope[j]!, 0);
        // Infinite on both sides is NaN here, and no agreement.
        if (Math.abs(difference - derivative) / scale <= tolerance) continue;
        const place = direction.length > fullUpTo ? 'a random direction' : `value ${direction.indexOf(1)}`;
        throw new Error(
          `input ${i}, ${place}: the derivative is ${derivative} on ${backend.name}, differences give ${difference}`,
        );
      }
    }
  }
}

/** The gradient by every input, and its largest entry (at least 1). */
async function derivativesOn(backend: Backend, { build, at }: CheckedFunction) {
  const inputs = leavesOf(at);
  const outputs = Object.fromEntries(gradient(build(...inputs), inputs).entries());
  const program = compile({ inputs, outputs }, backend);
  const point = at.map(({ data }) => data);
  const results = await program.run(arraysOf(at, point));
  program.dispose();
  return at.map((_, i) => {
    const slope = Float64Array.from(results[i]!.data);
    return { slope, scale: slope.reduce((most, each) => Math.max(most, Math.abs(each)), 1) };
  });
}

function arraysOf(at: readonly CheckedInput[], point: readonly HostArray['data'][]): Record<string, HostArray> {
  return Object.fromEntries(at.map(({ shape }, i) => [`x${i}`, { data: point[i]!, shape }]));
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
