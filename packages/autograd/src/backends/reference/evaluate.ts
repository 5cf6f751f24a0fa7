import type { Tensor } from '../../graph/tensor.ts';
import type { HostArray } from '../../host-array.ts';
import type { PrimitiveName } from '../../primitives/attributes.ts';
import { sizeOf } from '../../shape.ts';
import type { View } from './kernel-table.ts';
import { referenceKernels } from './kernels.ts';

/** Computes one primitive node from the values of its inputs, in float64. */
export function evaluateNode(
  node: Tensor,
  inputs: readonly HostArray[],
): { data: Float64Array; shape: readonly number[] } {
  const out = { data: new Float64Array(sizeOf(node.shape)), shape: node.shape };
  kernelOf(node.op as PrimitiveName)(out, inputs.map(toView), node.attrs);
  return out;
}

/** The kernel of a primitive that is known by name only, so that its attributes are no longer typed. */
export function kernelOf(name: PrimitiveName): (out: View, inputs: readonly View[], attrs: object) => void {
  return referenceKernels[name] as (out: View, inputs: readonly View[], attrs: object) => void;
}

export function toView({ data, shape }: HostArray): View {
  return { data: data instanceof Float64Array ? data : Float64Array.from(data), shape };
}
