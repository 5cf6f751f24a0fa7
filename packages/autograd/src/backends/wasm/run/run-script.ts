import type { KernelFunction } from '../kernel-library.ts';
import { byTurnFlag, type Script, type Section, wordsPerCall } from './script.ts';

interface ScriptRun {
  /** By number. */
  readonly functions: readonly KernelFunction[];
  /** Address of the lane's argument blocks. */
  readonly blocks: number;
  readonly turns: number;
  /** When given, the milliseconds of each step are added to it. */
  readonly timings: Float64Array | undefined;
}

/** Runs a script on the calling thread. */
export function runScript({ before, turn, after }: Script, run: ScriptRun): void {
  runSection(before, run, 0);
  for (let number = 0; number < run.turns; number++) runSection(turn, run, number);
  runSection(after, run, 0);
}

function runSection({ calls, steps }: Section, run: ScriptRun, turn: number): void {
  const { timings } = run;
  if (!timings) {
    runCalls(calls, run, turn);
    return;
  }
  for (const { step, from, to } of steps) {
    const start = performance.now();
    runCalls(calls.subarray(from, to), run, turn);
    if (step !== undefined) timings[step] += performance.now() - start;
  }
}

function runCalls(calls: Int32Array, { functions, blocks }: ScriptRun, turn: number): void {
  for (let at = 0; at < calls.length; at += wordsPerCall) {
    const run = functions[calls[at]];
    const block = blocks + calls[at + 1];
    if (calls[at + 3] & byTurnFlag) run(block, turn);
    else for (let unit = 0; unit < calls[at + 2]; unit++) run(block, unit);
  }
}
