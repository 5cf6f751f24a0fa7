import { canEvaluate, evaluateNode } from '../backends/reference/evaluate.ts';
import type { HostArray } from '../host-array.ts';
import { decodeConstant, isConstant, type Tensor } from './tensor.ts';
import { partsOf, topologicalOrder } from './topology.ts';

/**
 * The values of a tensor that depends on constants only, in float64. Undefined when it depends on an input, or on something
 * that convolves, pools or resamples.
 */
export function constantValue(tensor: Tensor): HostArray | undefined {
  const order = topologicalOrder([tensor], partsOf);
  if (!order.every((node) => isConstant(node) || node.expansion || canEvaluate(node.op))) return undefined;
  const values = new Map<Tensor, HostArray>();
  const resultOf = (node: Tensor) => values.get(node) as HostArray;
  for (const node of order) {
    if (isConstant(node)) values.set(node, decodeConstant(node));
    else values.set(node, node.expansion ? resultOf(node.expansion) : evaluateNode(node, node.inputs.map(resultOf)));
  }
  return resultOf(tensor);
}
