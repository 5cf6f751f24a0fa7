import type { Tensor } from '../../graph/tensor.ts';
import type { HostArray } from '../../host-array.ts';
import { sizeOf } from '../../shape.ts';
import { elementwiseKernels } from './elementwise.ts';
import { type AnyKernel, toView } from './kernel-table.ts';
import { structureKernels } from './structure.ts';

/** What is worth computing with constants before a run: what takes values one by one, moves them or adds them up. */
const kernels: Readonly<Record<string, unknown>> = { ...elementwiseKernels, ...structureKernels };

/** False for what convolves, pools or resamples: that is left to the backends. */
export function canEvaluate(op: string): boolean {
  return op in kernels;
}

/** Computes one node from the values of its inputs, in float64. */
export function evaluateNode(node: Tensor, inputs: readonly HostArray[]): HostArray {
  const out = { data: new Float64Array(sizeOf(node.shape)), shape: node.shape };
  (kernels[node.op] as AnyKernel)(out, inputs.map(toView), node.attrs);
  return out;
}
