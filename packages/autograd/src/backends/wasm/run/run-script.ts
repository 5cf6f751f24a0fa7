import type { KernelFunction } from '../kernel-library.ts';
import { byTurnFlag, type Script, type SectionName, wordsPerCall } from './script.ts';

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
export function runScript(script: Script, run: ScriptRun): void {
  runSection(script, { ...run, section: 'before', turn: 0 });
  for (let turn = 0; turn < run.turns; turn++) runSection(script, { ...run, section: 'turn', turn });
  runSection(script, { ...run, section: 'after', turn: 0 });
}

interface SectionRun extends ScriptRun {
  readonly section: SectionName;
  readonly turn: number;
}

function runSection(script: Script, run: SectionRun): void {
  const { section, timings } = run;
  const calls = script[section];
  if (!timings) {
    runCalls(calls, run);
    return;
  }
  for (const { step, from, to } of script.steps[section]) {
    const start = performance.now();
    runCalls(calls.subarray(from, to), run);
    if (step !== undefined) timings[step] += performance.now() - start;
  }
}

function runCalls(calls: Int32Array, { functions, blocks, turn }: SectionRun): void {
  for (let at = 0; at < calls.length; at += wordsPerCall) {
    const run = functions[calls[at]];
    const block = blocks + calls[at + 1];
    if (calls[at + 3] & byTurnFlag) run(block, turn);
    else for (let unit = 0; unit < calls[at + 2]; unit++) run(block, unit);
  }
}
