import { canEvaluate, evaluateNode } from '../backends/reference/evaluate.ts';
import type { HostArray } from '../host-array.ts';
import { sizeOf } from '../shape.ts';
import { decodeConstant, isConstant, type Tensor } from './tensor.ts';
import { partsOf, topologicalOrder } from './topology.ts';

/**
 * The values of a tensor that depends on constants only, in float64. Undefined when it depends on an input, on something
 * that convolves, pools or resamples, or on a tensor of more values than `largest`.
 */
export function constantValue(tensor: Tensor, largest = Number.POSITIVE_INFINITY): HostArray | undefined {
  const order = topologicalOrder([tensor], partsOf);
  const known = (node: Tensor) => isConstant(node) || node.expansion || canEvaluate(node.op);
  if (!order.every((node) => known(node) && sizeOf(node.shape) <= largest)) return undefined;
  const values = new Map<Tensor, HostArray>();
  const resultOf = (node: Tensor) => values.get(node) as HostArray;
  for (const node of order) {
    if (isConstant(node)) values.set(node, decodeConstant(node));
    else values.set(node, node.expansion ? resultOf(node.expansion) : evaluateNode(node, node.inputs.map(resultOf)));
  }
  return resultOf(tensor);
}
