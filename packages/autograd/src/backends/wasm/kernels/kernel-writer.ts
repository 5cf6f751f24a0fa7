import type { Code } from '../writer/code.ts';
import { FunctionWriter, type Local, set, type WasmFunction } from '../writer/function-writer.ts';
import { choose, i32 } from '../writer/instructions.ts';

/** A kernel before it is written. Kernels with the same key are the same code, so a module has them once. */
export interface Kernel {
  readonly key: string;
  readonly emit: () => WasmFunction;
}

/**
 * Every kernel has the same two parameters: the address of its argument block, and the number of the unit of work to do.
 * The block holds 32-bit words: the number of the last unit, the items in a unit, the items in the last unit, then for
 * each argument its value for unit 0 and what a unit adds to it. Most arguments are addresses.
 */
export const blockHeaderWords = 3;
export const wordsPerArgument = 2;

/** Writes a kernel: declares its arguments, which are read from the block when it starts. */
export class KernelWriter extends FunctionWriter {
  readonly arguments: readonly Local[];
  readonly #count: Local;

  constructor(argumentCount: number) {
    super({ parameters: ['i32', 'i32'], results: [] });
    this.arguments = this.locals('i32', argumentCount);
    this.#count = this.local('i32');
  }

  /** Items in this unit: rows, pixels, whatever the kernel counts. */
  get count(): Code {
    return this.#count.get;
  }

  override finish(body: Code): WasmFunction {
    const [block, unit] = this.parameters;
    const word = (index: number) => i32.load(block.get, 4 * index);
    const count = choose(i32.equal(unit.get, word(0)), word(2), word(1));
    const read = this.arguments.map((local, i) => {
      const at = blockHeaderWords + wordsPerArgument * i;
      return set(local, i32.add(word(at), i32.mul(unit.get, word(at + 1))));
    });
    return super.finish([set(this.#count, count), read, body]);
  }
}

/** Text that differs where two descriptions of a kernel differ. JSON alone would print NaN and infinities alike. */
export function kernelKey(name: string, spec: object): string {
  const exact = (_: string, value: unknown) =>
    typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
      ? `number ${Object.is(value, -0) ? '-0' : value}`
      : value;
  return name + JSON.stringify(spec, exact);
}
