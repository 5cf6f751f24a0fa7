import { constant, type Tensor } from '@igos/autograd';
import { relativeDifference } from './compare-arrays.ts';
import { evaluateGraph } from './evaluate-graph.ts';

/** A constant of one axis. */
export function vector(...values: number[]): Tensor {
  return constant({ data: Float64Array.from(values), shape: [values.length] });
}

/** A constant of two axes. */
export function matrix(...rows: number[][]): Tensor {
  return constant({ data: Float64Array.from(rows.flat()), shape: [rows.length, rows[0]?.length ?? 0] });
}

/** What a graph of constants comes to, in float64: computed node by node, without the compiler. */
export function numbers(tensor: Tensor): number[] {
  return Array.from(evaluateGraph({ tensor }, {}).tensor!.data);
}

/** Throws unless a graph of constants comes to these numbers, up to rounding in float64. */
export function expectNumbers(actual: Tensor, expected: readonly number[]): void {
  const difference = relativeDifference(
    { data: Float64Array.from(numbers(actual)), shape: actual.shape },
    { data: Float64Array.from(expected), shape: actual.shape },
  );
  if (difference > 1e-13) throw new Error(`[${numbers(actual)}] differs from [${expected}] by ${difference}`);
}
