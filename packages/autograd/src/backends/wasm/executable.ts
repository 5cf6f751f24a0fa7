import type { Executable } from '../../backend.ts';
import type { Plan } from '../../compile/plan.ts';
import type { Engine } from './engine.ts';
import { findBlocks } from './lower/bands/find-blocks.ts';
import { keepConditions } from './lower/conditions.ts';
import { LowerContext } from './lower/context.ts';
import { lowerProgram } from './lower/program.ts';
import { layOutValues } from './lower/values.ts';
import { placeRegions } from './memory/region.ts';
import { Lanes } from './run/lanes.ts';
import { callsOf } from './run/script.ts';

/** Lowers a plan to kernel calls, begins to compile its kernels, places its values in memory and packs its constants. */
export function loadPlan(plan: Plan, engine: Engine): Executable {
  const { heap, workspaces, constants, kernels, runners, multiplyAdd, cacheBytes, poison } = engine;
  const kept = keepConditions(plan);
  const blocks = findBlocks(plan, kept.steps, cacheBytes);
  const ctx = new LowerContext({ plan, values: layOutValues(plan, kept, blocks), constants, multiplyAdd });
  const giveBack = () => {
    for (const region of ctx.taken) constants.release(region);
  };
  try {
    const program = lowerProgram(ctx, { plan, steps: kept.steps, blocks });
    const workspaceBytes = placeRegions(ctx.regions);
    const regions = new Set(ctx.regions);
    const lanes = new Lanes({ heap, workspaces, calls: callsOf(program), regions, workspaceBytes });
    const parts = { plan, program, lanes, constants: ctx.taken, kernels, poison };
    const { firstLane, ...executable } = runners.load(parts);
    // The workspace first: what it leaves behind when it grows is then free for constants.
    workspaces.hold(firstLane, workspaceBytes).release();
    constants.place(ctx.taken);
    lanes.hold(firstLane).release();
    return {
      ...executable,
      dispose: () => {
        executable.dispose();
        lanes.dispose();
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}
