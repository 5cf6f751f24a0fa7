import type { PlanStep } from '../../../compile/plan.ts';
import type { Shape } from '../../../shape.ts';
import { type Chain, type ChainSource, resultChain } from '../kernels/chain.ts';
import type { LowerContext } from './context.ts';
import type { Stored } from './values.ts';

/** A chain whose inputs are places in memory. */
export interface BoundChain {
  readonly chain: Chain;
  readonly inputs: readonly ChainInput[];
}

interface ChainInput {
  readonly stored: Stored;
  /** How far it moves along each axis of the output; 0 where it repeats. */
  readonly strides: readonly number[];
}

/** The elementwise work of a step, or none: then the result is stored as it is. */
export function bindChain(ctx: LowerContext, { chain, inputs }: PlanStep): BoundChain {
  if (!chain) return { chain: resultChain, inputs: [] };
  const bound: ChainInput[] = [];
  const operands = chain.operands.map((operand): ChainSource => {
    if (operand.kind !== 'input') return operand;
    const stored = ctx.stored(inputs[operand.input]);
    const input = bound.push({ stored, strides: physicalStrides(stored, operand.strides) }) - 1;
    return { kind: 'input', input };
  });
  return { chain: { operands, instructions: chain.instructions }, inputs: bound };
}

/** Strides along the axes of a larger shape, as memory has them: those of a dense array tell only where it repeats. */
function physicalStrides({ layout }: Stored, dense: readonly number[]): number[] {
  const added = dense.length - layout.strides.length;
  return dense.map((stride, axis) => (stride === 0 ? 0 : layout.strides[axis - added]));
}

/** Strides along the axes of `shape` of an array that is repeated along its missing and unit axes. */
export function repeatedStrides({ layout }: Stored, shape: Shape): number[] {
  const added = shape.length - layout.shape.length;
  return shape.map((_, axis) => (axis < added || layout.shape[axis - added] === 1 ? 0 : layout.strides[axis - added]));
}
