import type { HostArray } from '../../host-array.ts';
import type { AttrsOf, PrimitiveName } from '../../primitives/attributes.ts';
import type { Shape } from '../../shape.ts';

/** Dense row-major values; `bool` tensors hold 0 and 1. */
export interface View {
  readonly data: Float64Array;
  readonly shape: Shape;
}

/** `out` has the op's shape; a kernel fills all of it and keeps no reference. */
type Kernel<N extends PrimitiveName> = (out: View, inputs: readonly View[], attrs: AttrsOf<N>) => void;

/** One function for each primitive: a missing op, or a misspelt attribute, does not compile. */
export type KernelTable = { readonly [N in PrimitiveName]: Kernel<N> };

/** The kernel of a primitive that is known by name only, so that its attributes are no longer typed. */
export type AnyKernel = (out: View, inputs: readonly View[], attrs: object) => void;

export function toView({ data, shape }: HostArray): View {
  return { data: data instanceof Float64Array ? data : Float64Array.from(data), shape };
}
