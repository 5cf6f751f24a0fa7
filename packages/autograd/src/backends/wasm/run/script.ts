import type { KernelLibrary } from '../kernel-library.ts';
import { blockHeaderWords, wordsPerArgument } from '../kernels/kernel-writer.ts';
import type { Call } from '../lower/context.ts';
import type { LoweredProgram } from '../lower/program.ts';
import type { Region } from '../memory/region.ts';

/** Words that a call takes in a script: number of the kernel, place of its block, units, flags. */
export const wordsPerCall = 4;
/** The call is run once, and its unit is the turn of the loop. */
export const byTurnFlag = 1;
/** Threads wait for each other after the call. */
export const barrierFlag = 2;

/** Kernel calls as numbers only, so that any thread can run them. */
export type Script = Readonly<Record<SectionName, Section>>;

export interface Section {
  readonly calls: Int32Array;
  /** Where the calls of each step are. */
  readonly steps: readonly StepRange[];
}

/** Words `from` one to before another. What only moves inputs and outputs belongs to no step. */
interface StepRange {
  readonly step: number | undefined;
  readonly from: number;
  readonly to: number;
}

type SectionName = 'before' | 'turn' | 'after';
const sectionNames: readonly SectionName[] = ['before', 'turn', 'after'];

/** All calls of a program in the order of their blocks. */
export function callsOf(program: LoweredProgram): readonly Call[] {
  return sectionNames.flatMap((section) => program[section].flatMap(({ calls }) => calls));
}

/** Writes a program's calls as numbers. Its kernels must have been requested. */
export function writeScript(program: LoweredProgram, kernels: KernelLibrary): Script {
  let block = 0;
  const write = (section: SectionName): Section => {
    const words: number[] = [];
    const steps = program[section].map(({ step, calls }): StepRange => {
      const from = words.length;
      for (const call of calls) {
        words.push(kernels.numberOf(call.kernel), block, call.units, flagsOf(call));
        block += blockBytesOf(call);
      }
      return { step, from, to: words.length };
    });
    return { calls: Int32Array.from(words), steps };
  };
  const [before, turn, after] = sectionNames.map(write);
  return { before, turn, after };
}

function flagsOf({ byTurn, together }: Call): number {
  return (byTurn ? byTurnFlag : 0) + (together ? 0 : barrierFlag);
}

/** Bytes of a call's argument block. */
export function blockBytesOf(call: Call): number {
  return 4 * (blockHeaderWords + wordsPerArgument * call.arguments.length);
}

/** Writes the argument block of every call, now that everything has an address. */
export function writeBlocks(into: Float32Array, calls: readonly Call[], addressOf: (region: Region) => number): void {
  const words = new Int32Array(into.buffer, into.byteOffset, into.length);
  let at = 0;
  for (const call of calls) {
    words.set([call.units - 1, call.count, call.lastCount], at);
    at += blockHeaderWords;
    for (const { region, start, step } of call.arguments) {
      words.set(region ? [addressOf(region) + 4 * start, 4 * step] : [start, step], at);
      at += wordsPerArgument;
    }
  }
}
