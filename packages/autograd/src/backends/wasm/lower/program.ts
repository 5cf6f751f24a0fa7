import { noLoop, type Plan, type PlanLoop } from '../../../compile/plan.ts';
import { type Shape, sizeOf } from '../../../shape.ts';
import { denseLayout, isDense } from '../memory/layout.ts';
import type { Region } from '../memory/region.ts';
import type { Block } from './bands/find-blocks.ts';
import { lowerBlock } from './bands/lower-block.ts';
import type { KeptStep } from './conditions.ts';
import type { Call, LowerContext, StepCalls } from './context.ts';
import { lowerStep } from './index.ts';
import { emitCopy, emitTurnCopy, emitZeroAll, emitZeroHalo, walkAll } from './map.ts';
import type { Stored } from './values.ts';

/** Where the host puts an input or finds an output: row-major, without gaps. */
export interface Port {
  readonly region: Region;
  /** In floats from the start of the region. */
  readonly offset: number;
  /** Of the whole value, or of one turn where `perTurn`; then all turns follow one another. */
  readonly shape: Shape;
  readonly perTurn: boolean;
}

/** A plan as kernel calls: those before a loop, of a turn, and after it. Without a loop all are before. */
export interface LoweredProgram {
  readonly before: readonly StepCalls[];
  readonly turn: readonly StepCalls[];
  readonly after: readonly StepCalls[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

interface Lowered {
  readonly plan: Plan;
  readonly steps: readonly KeptStep[];
  readonly blocks: readonly Block[];
}

export function lowerProgram(ctx: LowerContext, { plan, steps, blocks }: Lowered): LoweredProgram {
  const { loop = noLoop(plan) } = plan;
  const stepCalls = (from: number, to: number): StepCalls[] => {
    const all: StepCalls[] = [];
    for (let at = from; at < to; at++) {
      const block = blocks.find(({ first }) => first === at);
      if (block) all.push(...lowerBlock(ctx, block, { plan, steps }));
      else all.push({ step: at, calls: lowerStep(ctx, steps[at], at) });
      at = block?.last ?? at;
    }
    return all;
  };
  const carrying = new Carrier(ctx, plan, loop);
  const inputs = plan.inputs.map((id) => carrying.input(id));
  const before = [{ calls: carrying.before }, ...stepCalls(0, loop.first)];
  const turn = stepCalls(loop.first, loop.end);
  const after = stepCalls(loop.end, steps.length);
  const outputs = plan.outputs.map(({ value }, i) => carrying.output(value, loop.outputs.includes(i)));
  carrying.clearTotals(steps);
  return {
    before: [...before, { calls: carrying.beforeTurns }],
    turn: [{ calls: carrying.turnStart }, ...turn, { calls: carrying.turnEnd }],
    after: [...after, { calls: carrying.after }],
    inputs,
    outputs,
  };
}

/** Makes the ports of a program, and the copies between them and values that lie otherwise. */
class Carrier {
  readonly before: Call[] = [];
  readonly beforeTurns: Call[] = [];
  readonly turnStart: Call[] = [];
  readonly turnEnd: Call[] = [];
  readonly after: Call[] = [];
  readonly #ctx: LowerContext;
  readonly #loop: PlanLoop;
  readonly #end: number;

  constructor(ctx: LowerContext, { steps }: Plan, loop: PlanLoop) {
    this.#ctx = ctx;
    this.#loop = loop;
    this.#end = steps.length;
  }

  input(id: number): Port {
    const value = this.#ctx.stored(id);
    const perTurn = this.#loop.inputs.includes(id);
    if (!perTurn && isDense(value.layout)) return portOf(value, perTurn);
    const port = this.#port(value, { perTurn, born: -1, dies: perTurn ? this.#loop.end - 1 : -1 });
    this.#emit(this.before, -1, () => emitZeroHalo(this.#ctx, value));
    this.#copy(perTurn ? this.turnStart : this.before, { out: value, input: port, perTurn });
    return portOf(port, perTurn);
  }

  output(id: number, perTurn: boolean): Port {
    const value = this.#ctx.stored(id);
    if (!perTurn && isDense(value.layout)) return portOf(value, perTurn);
    const port = this.#port(value, { perTurn, born: perTurn ? this.#loop.first : this.#end, dies: this.#end });
    this.#copy(perTurn ? this.turnEnd : this.after, { out: port, input: value, perTurn });
    return portOf(port, perTurn);
  }

  clearTotals(steps: readonly KeptStep[]): void {
    for (const { op, output } of steps) {
      if (op !== 'accumulate') continue;
      this.#emit(this.beforeTurns, this.#loop.first - 1, () => emitZeroAll(this.#ctx, this.#ctx.stored(output)));
    }
  }

  /** Memory of the port's own, for all turns if it has a value for each. */
  #port({ layout: { shape } }: Stored, { perTurn, ...life }: { perTurn: boolean; born: number; dies: number }): Stored {
    return this.#ctx.hold(denseLayout(perTurn ? [this.#loop.turns, ...shape] : shape), life);
  }

  #copy(calls: Call[], { out, input, perTurn }: { out: Stored; input: Stored; perTurn: boolean }): void {
    const ctx = this.#ctx;
    this.#emit(calls, -1, () => {
      if (!perTurn) emitCopy(ctx, { extents: out.layout.shape, out: walkAll(out), input: walkAll(input) });
      else emitTurnCopy(ctx, { out, input });
    });
  }

  #emit(calls: Call[], at: number, lower: () => void): void {
    calls.push(...this.#ctx.collect(at, lower));
  }
}

function portOf({ region, layout: { shape, offset } }: Stored, perTurn: boolean): Port {
  return { region, offset, shape: perTurn ? shape.slice(1) : shape, perTurn };
}

/** Floats of a port in a run with so many turns. */
export function portFloats({ shape, perTurn }: Port, turns: number): number {
  return sizeOf(shape) * (perTurn ? turns : 1);
}
