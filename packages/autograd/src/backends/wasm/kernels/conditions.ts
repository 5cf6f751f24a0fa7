import type { ComparisonName } from '../../../primitives/attributes.ts';
import type { Code } from '../writer/code.ts';
import { f32x4, i32, i32x4, v128 } from '../writer/instructions.ts';
import type { KernelWriter } from './kernel-writer.ts';

/** A comparison of a value with a number, which is on the left if `reversed`. */
export interface Comparison {
  readonly op: ComparisonName;
  readonly number: number;
  readonly reversed: boolean;
}

/** Holds where all of its comparisons do: such as 0 < y and y < 6, where relu6 lets a gradient through. */
export type Condition = readonly Comparison[];

/** As many conditions as there are halves in a byte: each takes a bit for each of four lanes. */
export const conditionsPerByte = 2;

export const comparisons: Readonly<Record<ComparisonName, (x: Code, y: Code) => Code>> = {
  less: f32x4.less,
  lessEqual: f32x4.lessEqual,
  greater: f32x4.greater,
  greaterEqual: f32x4.greaterEqual,
  equal: f32x4.equal,
  notEqual: f32x4.notEqual,
};

export function isComparison(op: string): op is ComparisonName {
  return op in comparisons;
}

/** Stores, as one byte, which of the conditions hold in each lane of `value`. */
export function storeConditions(f: KernelWriter, address: Code, at: ConditionBits): Code {
  const { conditions, value, offset } = at;
  const bits = conditions.map((condition, half) => {
    const holds = condition
      .map(({ op, number, reversed }) => {
        const constant = f.constant(number);
        return reversed ? comparisons[op](constant, value) : comparisons[op](value, constant);
      })
      .reduce((all, one) => v128.and(all, one));
    const lanes = i32x4.bitmask(holds);
    return half === 0 ? lanes : i32.shiftLeft(lanes, 4 * half);
  });
  return i32.storeByte(
    address,
    bits.reduce((byte, half) => i32.or(byte, half)),
    offset,
  );
}

interface ConditionBits {
  readonly conditions: readonly Condition[];
  /** Code that leaves the four values on the stack; short, since it is repeated. */
  readonly value: Code;
  readonly offset: number;
}

/** A mask of the lanes where a condition holds, from a vector that has the byte at the beginning of every lane. */
export function maskOfCondition(f: KernelWriter, bytes: Code, half: number): Code {
  const bits = f.lanes([0, 1, 2, 3].map((lane) => 1 << (lane + 4 * half)));
  return i32x4.equal(v128.and(bytes, bits), bits);
}
