import { type Backend, compile, gradient, input, type Tensor } from '@igos/autograd';
import { OptionError } from '../errors.ts';
import type { MaskSize } from '../mask.ts';
import type { Regularizer } from './regularizer.ts';

/** A term written as a graph: mask `[1, rows, columns, 1]` -> one number, its weight included. */
export type GraphTerm = (mask: Tensor) => Tensor;

/**
 * The term as a regularizer; autograd finds its derivative.
 *
 * @throws OptionError when the term is not one number
 */
export function graphTerm(
  term: GraphTerm,
  { maskSize: [rows, columns], backend }: { readonly maskSize: MaskSize; readonly backend: Backend },
): Regularizer {
  const shape = [1, rows, columns, 1];
  const mask = input('mask', shape);
  const value = term(mask);
  if (value.shape.some((extent) => extent !== 1)) {
    throw new OptionError(`a custom term must be one number, got shape [${value.shape.join(', ')}]`);
  }
  const [slope] = gradient(value, [mask]);
  const program = compile({ inputs: [mask], outputs: { value, slope: slope! } }, backend);
  const run = (data: ArrayLike<number>) => program.run({ mask: { data, shape } });
  return {
    name: 'custom',
    value: async (data) => (await run(data)).value!.data[0]!,
    gradient: async (data) => Float64Array.from((await run(data)).slope!.data),
    dispose: () => program.dispose(),
  };
}
