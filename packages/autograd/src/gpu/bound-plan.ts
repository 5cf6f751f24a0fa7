import type { Plan } from '../compile/plan.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { type Constant, createConstantPool } from './constants.ts';
import { type KernelSource, type KernelTarget, writeKernel } from './kernels/write-kernel.ts';
import { splitSteps } from './split-steps.ts';

/** Where a step finds an array: in a buffer that a step or an input filled, or in a constant. */
export type Source = { readonly buffer: number } | { readonly constant: Constant };

/** A step with its kernel written. */
export interface BoundStep {
  readonly kernel: KernelSource;
  /** Equal for steps that can share a compiled kernel. */
  readonly key: string;
  /** The kernel's arguments. */
  readonly reads: readonly Source[];
  /** Buffer that it fills, and with how many elements. */
  readonly writes: number;
  readonly size: number;
  /** Number of the plan's step that it is, or is a part of. */
  readonly origin: number;
}

/** What a plan is bound for. */
export interface Target extends KernelTarget {
  /** Most arrays that one kernel can read. */
  readonly arrays?: number;
}

/** A plan with a kernel for each step, in terms of flat arrays. */
export interface BoundPlan {
  readonly inputs: readonly { readonly buffer: number }[];
  readonly steps: readonly BoundStep[];
  readonly outputs: readonly { readonly source: Source; readonly shape: Shape }[];
}

/** Writes every kernel of a plan. */
export function bindPlan(whole: Plan, target: Target = {}): BoundPlan {
  const { plan, origins } = splitSteps(whole, target.arrays ?? Number.POSITIVE_INFINITY);
  const pool = createConstantPool();
  const sourceOf = (id: number, order?: readonly number[]): Source => {
    const { buffer, constant } = plan.values[id];
    return constant ? { constant: pool.ofTensor(constant, order) } : { buffer };
  };
  const extentsOf = new Map<number, readonly number[]>();
  return {
    inputs: plan.inputs.map((id) => ({ buffer: plan.values[id].buffer })),
    steps: plan.steps.map((step, i) => {
      const inputs = step.inputs.map((id) => ({
        shape: plan.values[id].shape,
        isConstant: plan.values[id].constant !== undefined,
      }));
      const kernel = writeKernel(step, inputs, target);
      const reads = [
        ...step.inputs.map((id, k) => sourceOf(id, kernel.orders[k])),
        ...kernel.tables.map((table) => ({ constant: pool.ofTable(table) })),
      ];
      // A WebGL kernel is compiled for the extents of the textures it reads: those of the kernels that wrote them.
      const extents = reads.map((source, k) =>
        'constant' in source ? source.constant.size : (extentsOf.get(source.buffer) ?? sizeOf(inputs[k].shape)),
      );
      const writes = plan.values[step.output].buffer;
      extentsOf.set(writes, kernel.output);
      return {
        kernel,
        key: [kernel.source, kernel.output, ...extents].join('|'),
        reads,
        writes,
        size: sizeOf(step.shape),
        origin: origins[i],
      };
    }),
    outputs: plan.outputs.map(({ value }) => ({ source: sourceOf(value), shape: plan.values[value].shape })),
  };
}

/** Copies a result of GPU.js, which is nested by rows, into one flat array; what comes after `size` elements is left out. */
export function flatten(result: unknown, size: number): Float32Array {
  const flat = new Float32Array(size);
  let at = 0;
  const copy = (part: unknown): void => {
    if (at === size) return;
    if (part instanceof Float32Array) {
      flat.set(part.subarray(0, size - at), at);
      at = Math.min(size, at + part.length);
    } else {
      for (const row of part as readonly unknown[]) copy(row);
    }
  };
  copy(result);
  return flat;
}
