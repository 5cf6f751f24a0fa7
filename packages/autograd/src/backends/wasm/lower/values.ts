import { findLifetimes, lastTurnOf } from '../../../compile/lifetimes.ts';
import type { Plan } from '../../../compile/plan.ts';
import type { Condition } from '../kernels/conditions.ts';
import { bitsLayout, denseLayout, type Halo, haloLayout, type Layout, noHalo, union } from '../memory/layout.ts';
import type { Region } from '../memory/region.ts';
import type { Block } from './bands/find-blocks.ts';
import type { KeptConditions } from './conditions.ts';
import { convolutionOf } from './geometry.ts';
import { ownersOf } from './owners.ts';

/** A tensor in memory. */
export interface Stored {
  readonly region: Region;
  readonly layout: Layout;
}

/** Conditions on a value, and where their bits are. */
export interface KeptBits {
  readonly conditions: readonly Condition[];
  readonly stored: Stored;
}

/** Where values are, and where the conditions on values are. */
export interface ValueStore {
  readonly stored: ReadonlyMap<number, Stored>;
  readonly conditions: ReadonlyMap<number, KeptBits>;
}

/**
 * Decides, for every input and every result of a step, how it lies in memory and from when to when. Images get the halo
 * that their readers need, so that these read over the edge without a test. A reshape looks into the memory of another
 * value; both are then dense, and a reader that needs a halo makes itself a copy. What passes between the steps of a block
 * has a window instead, see `bands/lower-block.ts`.
 */
export function layOutValues(
  plan: Plan,
  { steps, ofValue }: KeptConditions,
  blocks: readonly Block[] = [],
): ValueStore {
  const owners = ownersOf(plan);
  const reshaped = new Set([...owners].filter(([id, owner]) => id !== owner).flat());
  const halos = new Map<number, Halo>();
  for (const step of plan.steps) {
    const halo = convolutionOf(step, plan)?.halo;
    const id = step.inputs[0];
    if (halo && !reshaped.has(id)) halos.set(id, union(halo, halos.get(id) ?? noHalo));
  }
  const stored = new Map<number, Stored>();
  const lifetimes = findLifetimes(
    {
      steps: steps.map(({ op, reads, output }, at) => ({ op, inputs: reads, output, ...timesOf(at, blocks) })),
      inputs: plan.inputs,
      outputs: plan.outputs.map(({ value }) => value),
      loop: plan.loop,
    },
    (id) => owners.get(id) ?? id,
  );
  const lifeOf = (id: number) => lifetimes.get(id) ?? { born: -1, dies: -1 };
  const windowed = new Set(blocks.flatMap(({ first, last }) => steps.slice(first, last).map(({ output }) => output)));
  for (const [id, owner] of owners) {
    if (windowed.has(id)) continue;
    const { shape } = plan.values[id];
    const halo = halos.get(id);
    const layout = halo ? haloLayout(shape, halo) : denseLayout(shape);
    const region = stored.get(owner)?.region ?? { floats: layout.floats, ...lifeOf(owner), address: 0 };
    stored.set(id, { region, layout });
  }
  const conditions = new Map<number, KeptBits>();
  for (const [id, kept] of ofValue) {
    const layout = bitsLayout(plan.values[id].shape);
    const { born } = lifeOf(id);
    const asked = steps.findLastIndex(({ asks }) => asks.includes(id));
    const dies = lastTurnOf(timesOf(asked, blocks).ends, { born, loop: plan.loop });
    const region = { floats: layout.floats, born, dies, address: 0 };
    conditions.set(id, { conditions: kept, stored: { region, layout } });
  }
  return { stored, conditions };
}

/** When a step begins and ends: with the whole of its block, if it is in one. */
function timesOf(at: number, blocks: readonly Block[]): { begins: number; ends: number } {
  const block = blocks.find(({ first, last }) => first <= at && at <= last);
  return { begins: block?.first ?? at, ends: block?.last ?? at };
}
