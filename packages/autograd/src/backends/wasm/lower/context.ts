import type { Plan, PlanStep } from '../../../compile/plan.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { sizeOf, stridesOf } from '../../../shape.ts';
import { dequantise } from '../../../stored-array.ts';
import type { Kernel } from '../kernels/kernel-writer.ts';
import type { ConstantStore, Form } from '../memory/constants.ts';
import { denseLayout, type Layout } from '../memory/layout.ts';
import { rawNumbers } from '../memory/raw-numbers.ts';
import type { Region } from '../memory/region.ts';
import type { Rows } from './bands/rows-read.ts';
import { type Convolution, convolutionOf } from './geometry.ts';
import type { KeptBits, Stored, ValueStore } from './values.ts';

/** An argument of a kernel: an address, given as a place in a region, or a plain number where there is no region. */
export interface Argument {
  readonly region?: Region;
  /** For unit 0, in floats where it is a place. */
  readonly start: number;
  /** What each unit adds to it. */
  readonly step: number;
}

/** A kernel run once for each unit of some work. */
export interface Call {
  readonly kernel: Kernel;
  readonly units: number;
  /** Items of a unit, and of the last one. */
  readonly count: number;
  readonly lastCount: number;
  readonly arguments: readonly Argument[];
  /** Run once in a turn of the loop, whose number is then the unit. */
  readonly byTurn?: boolean;
  /** What follows in this step does not read what this call writes: threads need not wait for each other. */
  readonly together?: boolean;
}

/** The kernel calls of a step; those that only bring values to it or away have no number. */
export interface StepCalls {
  readonly step?: number;
  readonly calls: readonly Call[];
}

/** How `items` are shared out in units of `perUnit`. */
export function unitsOf(items: number, perUnit: number): Pick<Call, 'units' | 'count' | 'lastCount'> {
  const units = Math.ceil(items / perUnit);
  return { units, count: perUnit, lastCount: items - (units - 1) * perUnit };
}

/** So many units are shared out evenly between a few threads. */
const unitsForThreads = 8;

/** Items for a unit, a multiple of `step`: as many as make enough units for several threads, within bounds. */
export function shareOf(items: number, { step, least, most }: Record<'step' | 'least' | 'most', number>): number {
  const share = Math.floor(items / unitsForThreads / step) * step;
  return Math.max(Math.min(share, most), least, 1);
}

interface ContextParts {
  readonly plan: Plan;
  readonly values: ValueStore;
  readonly constants: ConstantStore;
  /** Whether the machine has a fused multiply-add. */
  readonly multiplyAdd: boolean;
}

/** What a step is lowered with: where its values are, what is constant, and where its kernel calls go. */
export class LowerContext {
  readonly multiplyAdd: boolean;
  readonly #plan: Plan;
  readonly #stored: Map<number, Stored>;
  readonly #conditions: ValueStore['conditions'];
  readonly #constants: ConstantStore;
  readonly #taken: Region[] = [];
  readonly #regions = new Set<Region>();
  #calls: Call[] = [];
  #step = 0;
  #rows: Rows | undefined;

  constructor({ plan, values, constants, multiplyAdd }: ContextParts) {
    this.#plan = plan;
    this.#stored = new Map(values.stored);
    this.#conditions = values.conditions;
    this.#constants = constants;
    this.multiplyAdd = multiplyAdd;
    for (const { region } of values.stored.values()) this.#regions.add(region);
    for (const { stored } of values.conditions.values()) this.#regions.add(stored.region);
  }

  /** The regions of the workspace, which have no address yet. */
  get regions(): readonly Region[] {
    return [...this.#regions];
  }

  /** The constants and tables that the program holds. */
  get taken(): readonly Region[] {
    return this.#taken;
  }

  /** Collects the calls that `lower` makes for a step. After the last of them threads always wait for each other. */
  collect(step: number, lower: () => void): readonly Call[] {
    this.#step = step;
    this.#calls = [];
    lower();
    const last = this.#calls.pop();
    return last ? [...this.#calls, { ...last, together: false }] : [];
  }

  /** Lowers for some rows of the result only. */
  forRows(rows: Rows, lower: () => void): void {
    this.#rows = rows;
    lower();
    this.#rows = undefined;
  }

  /**
   * The part of rows `first`, `first + step`, … that is lowered now: how many are left out before it, and how many it
   * has.
   */
  partOf({ first, step, extent }: { readonly first: number; readonly step: number; readonly extent: number }) {
    if (!this.#rows) return { skipped: 0, extent };
    const { from, to } = this.#rows;
    const skipped = Math.min(extent, Math.max(0, Math.ceil((from - first) / step)));
    const end = Math.min(extent, Math.max(skipped, Math.ceil((to - first) / step)));
    return { skipped, extent: end - skipped };
  }

  /** Puts a value, or the part of it that is needed now, at another place. */
  place(id: number, stored: Stored): void {
    this.#stored.set(id, stored);
    this.#regions.add(stored.region);
  }

  call(call: Call): void {
    if (call.units > 0) this.#calls.push(call);
  }

  shapeOf(id: number) {
    return this.#plan.values[id].shape;
  }

  /** The geometry of a step that is a form of a convolution. */
  convolution(step: PlanStep): Convolution {
    return convolutionOf(step, this.#plan) as Convolution;
  }

  /** The node of a value that is known when the program is compiled. */
  constantAt(id: number): Tensor | undefined {
    return this.#plan.values[id].constant;
  }

  /** Where a value is. What no step writes is a constant, and dense. */
  stored(id: number): Stored {
    const known = this.#stored.get(id);
    if (known) return known;
    const constant = this.constantAt(id) as Tensor;
    const layout = denseLayout(constant.shape);
    const region = this.take(constant, {
      key: 'dense',
      floats: layout.floats,
      write: (into) => {
        const { numbers, scale, min } = rawNumbers(constant);
        for (let i = 0; i < into.length; i++) into[i] = dequantise(numbers[i], scale, min);
      },
    });
    const stored = { region, layout };
    this.#stored.set(id, stored);
    return stored;
  }

  /** The conditions on a value that are to be kept when it is written, and where. */
  conditionsOn(id: number): KeptBits | undefined {
    return this.#conditions.get(id);
  }

  /** Strides of a value as its data lie: a constant's are dense, whatever form it is packed into. */
  stridesOf(id: number): readonly number[] {
    const known = this.#stored.get(id);
    return known ? known.layout.strides : stridesOf(this.shapeOf(id));
  }

  /** A form of what an owner, such as a constant tensor, stands for; shared with the other programs that take it. */
  take(owner: object, form: Form): Region {
    const region = this.#constants.take(owner, form);
    this.#taken.push(region);
    return region;
  }

  /** Memory for the time of this step. */
  scratch(layout: Layout): Stored {
    return this.hold(layout, { born: this.#step, dies: this.#step });
  }

  /** Memory from one step to another. */
  hold(layout: Layout, life: { readonly born: number; readonly dies: number }): Stored {
    const region: Region = { floats: layout.floats, ...life, address: 0 };
    this.#regions.add(region);
    return { region, layout };
  }

  isEmpty(id: number): boolean {
    return sizeOf(this.shapeOf(id)) === 0;
  }
}
