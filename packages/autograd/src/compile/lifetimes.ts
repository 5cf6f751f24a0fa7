import type { PlanLoop, PlanStep } from './plan.ts';

/** From the step that first writes a value to the last that reads it: −1 is the start of a run, its end the number of steps. */
export interface Lifetime {
  readonly born: number;
  readonly dies: number;
}

/** A step as far as lifetimes go. Steps that are run together, a part of each in turn, begin with the first and end with the last. */
interface TimedStep extends Pick<PlanStep, 'op' | 'inputs' | 'output'> {
  readonly begins?: number;
  readonly ends?: number;
}

interface Use {
  readonly steps: readonly TimedStep[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly loop?: Pick<PlanLoop, 'first' | 'end'> | undefined;
}

/**
 * When each value is alive, by the id of the value that owns its memory. Totals are zero, and so alive, when their loop
 * begins.
 */
export function findLifetimes(
  { steps, inputs, outputs, loop }: Use,
  ownerOf: (id: number) => number,
): Map<number, Lifetime> {
  const born = new Map<number, number>(inputs.map((id) => [id, -1]));
  const dies = new Map<number, number>(inputs.map((id) => [id, -1]));
  steps.forEach(({ op, inputs: read, output, begins, ends }, at) => {
    const owner = ownerOf(output);
    if (!born.has(owner)) born.set(owner, op === 'accumulate' && loop ? loop.first - 1 : (begins ?? at));
    for (const id of [...read, output].map(ownerOf)) {
      dies.set(id, lastTurnOf(ends ?? at, { born: born.get(id) ?? -1, loop }));
    }
  });
  for (const id of outputs) dies.set(ownerOf(id), steps.length);
  return new Map([...dies].map(([id, end]) => [id, { born: born.get(id) ?? -1, dies: end }]));
}

/** When a value is read for the last time that step `at` reads: in the last turn, if it was there before the loop. */
export function lastTurnOf(at: number, { born, loop }: { readonly born: number; readonly loop: Use['loop'] }): number {
  const inLoop = (step: number) => loop !== undefined && step >= loop.first && step < loop.end;
  return loop && inLoop(at) && !inLoop(born) ? loop.end - 1 : at;
}
