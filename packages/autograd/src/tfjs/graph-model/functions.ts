import type { Tensor } from '../../graph/tensor.ts';
import type { OpTable } from './op-call.ts';

/** Builders of ops that are one function of their inputs; a function is given as many as it needs. */
export function functions(table: Readonly<Record<string, (...inputs: Tensor[]) => Tensor>>): OpTable {
  const entries = Object.entries(table).map(([name, op]): [string, OpTable[string]] => [
    name,
    // The length of a function is the number of its parameters that have no default.
    (call) => op(...Array.from({ length: op.length }, (_, index) => call.input(index))),
  ]);
  return Object.fromEntries(entries);
}
