import {
  add,
  type Backend,
  constant,
  type HostArray,
  mul,
  type Plan,
  referenceBackend,
  reshape,
  slice,
  sub,
  sum,
  type Tensor,
} from '@igos/autograd';
import {
  createMaskProblem,
  explain,
  explainToEnd,
  type Float32HostArray,
  type MaskProblem,
  type ProblemOptions,
  type Result,
  type Step,
} from 'igos';

export function array(
  shape: readonly number[],
  values: ArrayLike<number> | ((index: number) => number),
): Float32HostArray {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length }, (_, i) => (typeof values === 'function' ? values(i) : values[i]!));
  return { data, shape };
}

export function ones(count: number): Float32Array {
  return new Float32Array(count).fill(1);
}

/** A problem on a white image over a black baseline of one channel, so that the masked image is the mask itself. */
export function maskItself(
  size: readonly [number, number],
  options: Pick<ProblemOptions, 'score'> & Partial<ProblemOptions>,
): MaskProblem {
  const shape = [...size, 1];
  return createMaskProblem({
    image: array(shape, () => 1),
    baseline: array(shape, () => 0),
    backend: referenceBackend,
    maskSize: size,
    regularizers: { l1: 0, tv: 0 },
    ...options,
  });
}

/** 1 − (1 − a)(1 − b): high while either of two cells is there, so each of them alone can go without a loss. */
export function either(images: Tensor): Tensor {
  const missing = sub(1, images);
  const cell = (column: number) =>
    reshape(slice(missing, { begin: [0, 0, column, 0], size: [images.shape[0]!, 1, 1, 1] }), [-1]);
  return sub(1, mul(cell(0), cell(1)));
}

/** Sum of weights times values. */
export function linear(weights: HostArray): (images: Tensor) => Tensor {
  return (images) =>
    sum(mul(images, constant({ data: weights.data, shape: [1, ...weights.shape] })), { axes: [1, 2, 3] });
}

/** The same value for every image. */
export function constantScore(value: number): (images: Tensor) => Tensor {
  return (images) => add(sum(mul(images, 0), { axes: [1, 2, 3] }), value);
}

/** Runs to the end and keeps every step. */
export async function runAll(...args: Parameters<typeof explain>): Promise<{ steps: Step[]; result: Result }> {
  const steps: Step[] = [];
  const result = await explainToEnd(explain(...args), (step) => steps.push(step));
  return { steps, result };
}

/** `reference`, with a count of the images that really went through it, by the programs' batch inputs. */
export function countingBackend({ loops = true } = {}): {
  backend: Backend;
  images: () => { forward: number; gradient: number };
  /** Images of each run so far. */
  runs: () => readonly number[];
} {
  const images = { forward: 0, gradient: 0 };
  const runs: number[] = [];
  const imagesOf = (plan: Plan, inputs: readonly HostArray[]) =>
    plan.loop
      ? inputs[plan.inputs.indexOf(plan.loop.inputs[0]!)]!.shape[0]!
      : plan.values[plan.outputs[0]!.value]!.shape[0]!;
  const backend: Backend = {
    ...referenceBackend,
    loops,
    load: (plan) => {
      const executable = referenceBackend.load(plan);
      const withGradient = plan.outputs.some(({ name }) => name === 'gradient');
      return {
        ...executable,
        run: (inputs, timings) => {
          const n = imagesOf(plan, inputs);
          runs.push(n);
          images.forward += n;
          if (withGradient) images.gradient += n;
          return executable.run(inputs, timings);
        },
      };
    },
  };
  return { backend, images: () => ({ ...images }), runs: () => [...runs] };
}
