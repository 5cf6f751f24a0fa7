import { type HostArray, type Tensor, topologicalOrder } from '@igos/autograd';
import { toView } from '../../packages/autograd/src/backends/reference/kernel-table.ts';
import { kernelOf } from '../../packages/autograd/src/backends/reference/kernels.ts';
import { decodeConstant } from '../../packages/autograd/src/graph/tensor.ts';
import type { PrimitiveName } from '../../packages/autograd/src/primitives/attributes.ts';
import { sizeOf } from '../../packages/autograd/src/shape.ts';

/** The values of a graph computed node by node as it was written, in float64: what compiling must not change. */
export function evaluateGraph(
  outputs: Readonly<Record<string, Tensor>>,
  arrays: Readonly<Record<string, HostArray>>,
): Record<string, HostArray> {
  const values = new Map<Tensor, HostArray>();
  const resultOf = (node: Tensor) => values.get(node)!;
  for (const node of topologicalOrder(Object.values(outputs), partsOf)) {
    if (node.op === 'input') values.set(node, arrays[node.attrs.name as string]!);
    else if (node.op === 'constant') values.set(node, decodeConstant(node));
    else values.set(node, node.expansion ? resultOf(node.expansion) : compute(node, node.inputs.map(resultOf)));
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, node]) => [name, resultOf(node)]));
}

function partsOf(node: Tensor): readonly Tensor[] {
  return node.expansion ? [node.expansion] : node.inputs;
}

function compute(node: Tensor, inputs: readonly HostArray[]): HostArray {
  const out = { data: new Float64Array(sizeOf(node.shape)), shape: node.shape };
  kernelOf(node.op as PrimitiveName)(out, inputs.map(toView), node.attrs);
  return out;
}
