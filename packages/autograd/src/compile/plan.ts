import type { DType, Tensor } from '../graph/tensor.ts';
import type { HostArray } from '../host-array.ts';
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

/**
 * A primitive of the table, but not `reshape`, `stopGradient` or (when fusing) a lone elementwise op. `accumulate` adds
 * its input to its output, which is 0 when the loop begins.
 */
export type StepName = PrimitiveName | 'elementwise' | 'accumulate';

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

/** Steps that are run several times in one run, each time with other inputs. */
export interface PlanLoop {
  /** Most turns of a run. */
  readonly turns: number;
  /** The steps of a turn: from number `first` on, before number `end`. */
  readonly first: number;
  readonly end: number;
  /** Value ids of the inputs that differ from turn to turn. */
  readonly inputs: readonly number[];
  /** Numbers of the outputs that come once for each turn. */
  readonly outputs: readonly number[];
}

/** What a program will do, as readable data. */
export interface Plan {
  readonly values: readonly PlanValue[];
  readonly steps: readonly PlanStep[];
  readonly inputs: readonly number[];
  readonly outputs: readonly { readonly name: string; readonly value: number }[];
  readonly loop?: PlanLoop;
  /** Number of values each shared buffer must hold. */
  readonly buffers: readonly number[];
  /** Of a whole run, with as many turns as there may be. */
  readonly multiplyAdds: number;
  /** Bytes of all shared buffers together at four a value: the peak, constants aside. */
  readonly peakBytes: number;
}

/** The attributes of a step that runs this primitive. */
export function attrsOf<N extends PrimitiveName>(_op: N, step: PlanStep): AttrsOf<N> {
  return step.attrs as unknown as AttrsOf<N>;
}

/** A plan without a loop as one with a loop of no turns, after all of its steps. */
export function noLoop({ steps }: Plan): PlanLoop {
  return { turns: 0, first: steps.length, end: steps.length, inputs: [], outputs: [] };
}

/** Turns of the loop in a run with these arrays, given in the order of `plan.inputs`; 0 where there is no loop. */
export function turnsOf({ inputs, loop }: Plan, arrays: readonly HostArray[]): number {
  return loop ? arrays[inputs.indexOf(loop.inputs[0])].shape[0] : 0;
}
