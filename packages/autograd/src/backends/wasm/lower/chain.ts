import type { Shape } from '../../../shape.ts';
import type { Access } from '../kernels/access.ts';
import { type Chain, type ChainSource, resultChain } from '../kernels/chain.ts';
import type { Condition } from '../kernels/conditions.ts';
import type { KeptStep } from './conditions.ts';
import type { LowerContext } from './context.ts';
import type { KeptBits, Stored } from './values.ts';

/** A chain whose inputs are places in memory. */
export interface BoundChain {
  readonly chain: Chain;
  readonly inputs: readonly ChainInput[];
  /** Conditions on the result that are kept as bits. */
  readonly conditions: readonly Condition[];
  /** Where to; absent where there are none. */
  readonly bits?: ChainInput;
}

interface ChainInput {
  readonly stored: Stored;
  /** How far it moves along each axis of the output; 0 where it repeats. */
  readonly strides: readonly number[];
  readonly access: Access;
}

/** The elementwise work of a step, or none: then the result is stored as it is. */
export function bindChain(ctx: LowerContext, { chain, keptChain = chain, inputs, output }: KeptStep): BoundChain {
  const kept = ctx.conditionsOn(output);
  const conditions = kept?.conditions ?? [];
  const bits = kept && { bits: { stored: kept.stored, strides: kept.stored.layout.strides, access: 'bits' as const } };
  if (!keptChain) return { chain: resultChain, inputs: [], conditions, ...bits };
  const bound: ChainInput[] = [];
  const operands = keptChain.operands.map((operand): ChainSource => {
    if (operand.kind === 'literal' || operand.kind === 'result') return operand;
    if (operand.kind === 'condition') {
      const { stored } = ctx.conditionsOn(operand.value) as KeptBits;
      const input = bound.push({ stored, strides: stored.layout.strides, access: 'bits' }) - 1;
      return { kind: 'bits', input, half: operand.half };
    }
    const stored = ctx.stored(inputs[operand.input]);
    const strides = physicalStrides(stored, operand.strides);
    const input = bound.push({ stored, strides, access: accessOf(strides) }) - 1;
    return { kind: 'input', input };
  });
  return { chain: { operands, instructions: keptChain.instructions }, inputs: bound, conditions, ...bits };
}

/** The arrays that a kernel reads and writes for a chain, beside the result: its inputs, then the conditions' bits. */
export function chainArrays({ inputs, bits }: BoundChain): readonly ChainInput[] {
  return bits ? [...inputs, bits] : inputs;
}

/** How an array lies along the last axis: channels, or the columns of a product. */
function accessOf(strides: readonly number[]): Access {
  return (strides.at(-1) ?? 0) === 0 ? 'one' : 'each';
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
