import { isConstant, scalarValue, type Tensor } from '../graph/tensor.ts';

/** What a tensor repeats: the tensor under a broadcast, of all others the tensor itself. */
export function repeated(tensor: Tensor): Tensor {
  return tensor.op === 'broadcast' ? tensor.inputs[0] : tensor;
}

/** Whether a tensor is a constant, or repeats one. */
export function repeatsConstant(tensor: Tensor): boolean {
  return isConstant(repeated(tensor));
}

/** The number that every element of a constant equals, if it is a repeated scalar. */
export function repeatedScalar(tensor: Tensor): number | undefined {
  return scalarValue(repeated(tensor));
}
