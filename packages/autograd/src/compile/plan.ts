import type { DType, Tensor } from '../graph/tensor.ts';
import type { AttrsOf, ElementwiseName, PrimitiveName } from '../primitives/attributes.ts';
import type { Shape } from '../shape.ts';

/** A tensor of a plan. Reshapes cost nothing: the result is another value in the same buffer. */
export interface PlanValue {
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly source: 'input' | 'constant' | 'step';
  /** Name of an input. */
  readonly name?: string;
  /** The node of a constant; `decodeConstant` gives its values. */
  readonly constant?: Tensor;
  /** Which buffer holds it: values that are never alive together share one. Constants have buffers of their own. */
  readonly buffer: number;
}

/** A primitive of the table, but not `reshape`, `stopGradient` or (when fusing) a lone elementwise op. */
export type StepName = PrimitiveName | 'elementwise';

export interface PlanStep {
  readonly op: StepName;
  /** Value ids: first the inputs of `op`, then those that only the chain reads. */
  readonly inputs: readonly number[];
  readonly output: number;
  /** Attributes of `op`; `attrsOf` gives them their type. */
  readonly attrs: Readonly<Record<string, unknown>>;
  /** Shape of the result of `op`, which the chain keeps. */
  readonly shape: Shape;
  /** What is done to each element of the result; the whole step when `op` is `elementwise`. */
  readonly chain?: ElementwiseChain;
  /** The primitives and composites it came from, in order: what a reader sees. */
  readonly names: readonly string[];
  readonly multiplyAdds: number;
  /** Bytes read and written, four a value. */
  readonly bytes: number;
}

/**
 * A straight-line program for one element of the output. Operand numbers count first the operands, then the results of
 * earlier instructions; the last instruction is the result.
 */
export interface ElementwiseChain {
  readonly operands: readonly ChainOperand[];
  readonly instructions: readonly ChainInstruction[];
}

export type ChainOperand =
  /** The result of the step's own op. */
  | { readonly kind: 'result' }
  /** Input number `input` of the step, read with these element strides over the output's axes (0 where it repeats). */
  | { readonly kind: 'input'; readonly input: number; readonly strides: readonly number[]; readonly dtype: DType }
  | { readonly kind: 'literal'; readonly value: number };

export interface ChainInstruction {
  readonly op: ElementwiseName;
  readonly args: readonly number[];
}

/** What a program will do, as readable data. */
export interface Plan {
  readonly values: readonly PlanValue[];
  readonly steps: readonly PlanStep[];
  readonly inputs: readonly number[];
  readonly outputs: readonly { readonly name: string; readonly value: number }[];
  /** Number of values each shared buffer must hold. */
  readonly buffers: readonly number[];
  readonly multiplyAdds: number;
  /** Bytes of all shared buffers together at four a value: the peak, constants aside. */
  readonly peakBytes: number;
}

/** The attributes of a step that runs this primitive. */
export function attrsOf<N extends PrimitiveName>(_op: N, step: PlanStep): AttrsOf<N> {
  return step.attrs as unknown as AttrsOf<N>;
}
