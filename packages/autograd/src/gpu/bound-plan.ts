import type { Plan } from '../compile/plan.ts';
import { decodeConstant, type Tensor } from '../graph/tensor.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type KernelSource, writeKernel } from './kernels/write-kernel.ts';

/** Where a step finds an array: in a buffer that a step or an input filled, or in a constant. */
export type Source = { readonly buffer: number } | { readonly constant: Tensor };

/** A step with its kernel written. */
export interface BoundStep {
  readonly kernel: KernelSource;
  /** Equal for steps that can share a compiled kernel. */
  readonly key: string;
  readonly reads: readonly Source[];
  /** Buffer that it fills, and with how many elements. */
  readonly writes: number;
  readonly size: number;
}

/** A plan with a kernel for each step, in terms of flat arrays. */
export interface BoundPlan {
  readonly inputs: readonly { readonly buffer: number }[];
  readonly steps: readonly BoundStep[];
  readonly outputs: readonly { readonly source: Source; readonly shape: Shape }[];
}

/** Writes every kernel of a plan. */
export function bindPlan(plan: Plan): BoundPlan {
  const sourceOf = (id: number): Source => {
    const { buffer, constant } = plan.values[id];
    return constant ? { constant } : { buffer };
  };
  const extentsOf = new Map<number, readonly number[]>();
  return {
    inputs: plan.inputs.map((id) => ({ buffer: plan.values[id].buffer })),
    steps: plan.steps.map((step) => {
      const shapes = step.inputs.map((id) => plan.values[id].shape);
      const kernel = writeKernel(step, shapes);
      const writes = plan.values[step.output].buffer;
      // A WebGL kernel is compiled for the extents of the textures it reads: those of the kernels that wrote them.
      const extents = step.inputs.map((id, k) => extentsOf.get(plan.values[id].buffer) ?? sizeOf(shapes[k]));
      extentsOf.set(writes, kernel.output);
      return {
        kernel,
        key: [kernel.source, kernel.output, ...extents].join('|'),
        reads: step.inputs.map(sourceOf),
        writes,
        size: sizeOf(step.shape),
      };
    }),
    outputs: plan.outputs.map(({ value }) => ({ source: sourceOf(value), shape: plan.values[value].shape })),
  };
}

/** Stands in for arrays without elements, which GPU.js does not take. */
const nothing = new Float32Array(1);

/** An array as GPU.js takes it: float32, and never empty. */
export function toFloat32(values: ArrayLike<number>): Float32Array {
  if (values.length === 0) return nothing;
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

export function constantValues(constant: Tensor): Float32Array {
  return toFloat32(decodeConstant(constant).data);
}

/** Copies a result of GPU.js, which is nested by rows, into one flat array of `size` elements. */
export function flatten(result: unknown, size: number): Float32Array {
  const flat = new Float32Array(size);
  if (size === 0) return flat;
  let at = 0;
  const copy = (part: unknown): void => {
    if (part instanceof Float32Array) {
      flat.set(part, at);
      at += part.length;
    } else {
      for (const row of part as readonly unknown[]) copy(row);
    }
  };
  copy(result);
  return flat;
}
