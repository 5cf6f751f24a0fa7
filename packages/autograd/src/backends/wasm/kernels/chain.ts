import type { ChainInstruction } from '../../../compile/plan.ts';
import type { Code } from '../writer/code.ts';
import { type Local, set } from '../writer/function-writer.ts';
import { maskOfCondition } from './conditions.ts';
import { asFloat, type ChainValue, elementwiseCode } from './elementwise.ts';
import type { KernelWriter } from './kernel-writer.ts';

/** An elementwise program as kernels have it: `input` counts the arrays that the kernel reads for it. */
export interface Chain {
  readonly operands: readonly ChainSource[];
  readonly instructions: readonly ChainInstruction[];
}

export type ChainSource =
  | { readonly kind: 'result' }
  | { readonly kind: 'input'; readonly input: number }
  | { readonly kind: 'literal'; readonly value: number }
  /** A condition that was kept as bits, in the lower (0) or upper (1) half of the input's bytes. */
  | { readonly kind: 'bits'; readonly input: number; readonly half: number };

/** Just the first input, or just the kernel's own result. */
export const copyChain: Chain = { operands: [{ kind: 'input', input: 0 }], instructions: [] };
export const resultChain: Chain = { operands: [{ kind: 'result' }], instructions: [] };

/** One op on the first two inputs. */
export function chainOfTwo(op: ChainInstruction['op']): Chain {
  const operands = [0, 1].map((input) => ({ kind: 'input' as const, input }));
  return { operands, instructions: [{ op, args: [0, 1] }] };
}

/** Where a chain's operands are, at one place of the output: code that leaves four lanes on the stack. */
export interface ChainSite {
  /** For kernels that have one; the chains of others do not ask. */
  readonly result?: Code;
  readonly input: (index: number) => Code;
}

/** Writes an elementwise chain as SIMD code, as often as a kernel needs it, with the same locals. */
export class ChainWriter {
  readonly #f: KernelWriter;
  readonly #chain: Chain;
  readonly #locals = new Map<number, Local>();
  /** How often each slot (operands, then instructions) is read. */
  readonly #uses: number[];

  constructor(f: KernelWriter, chain: Chain) {
    this.#f = f;
    this.#chain = chain;
    this.#uses = new Array<number>(chain.operands.length + chain.instructions.length).fill(0);
    for (const { args } of chain.instructions) for (const arg of args) this.#uses[arg]++;
  }

  /** Code that leaves the chain's value as floats on the stack; `bool` values are 1 and 0. */
  write(site: ChainSite): Code {
    const before: Code[] = [];
    const slots: ChainValue[] = [];
    const keep = (value: ChainValue) => {
      const slot = slots.push(value) - 1;
      if (this.#uses[slot] < 2 || value.literal !== undefined) return;
      const local = this.#localOf(slot);
      before.push(set(local, value.code));
      slots[slot] = { ...value, code: local.get };
    };
    for (const operand of this.#chain.operands) keep(this.#load(operand, site));
    for (const { op, args } of this.#chain.instructions) {
      keep(
        elementwiseCode(
          this.#f,
          op,
          args.map((arg) => slots[arg]),
        ),
      );
    }
    return [before, asFloat(this.#f, slots[slots.length - 1])];
  }

  #load(operand: ChainSource, { result, input }: ChainSite): ChainValue {
    if (operand.kind === 'literal') {
      return { kind: 'float', code: this.#f.constant(operand.value), literal: operand.value };
    }
    if (operand.kind === 'bits') {
      return { kind: 'mask', code: maskOfCondition(this.#f, input(operand.input), operand.half) };
    }
    return { kind: 'float', code: operand.kind === 'result' ? (result as Code) : input(operand.input) };
  }

  #localOf(slot: number): Local {
    const local = this.#locals.get(slot) ?? this.#f.local('v128');
    this.#locals.set(slot, local);
    return local;
  }
}
