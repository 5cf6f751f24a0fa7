import type { Executable } from '../../backend.ts';
import type { Plan } from '../../compile/plan.ts';
import type { Engine } from './engine.ts';
import { findBlocks } from './lower/bands/find-blocks.ts';
import { keepConditions } from './lower/conditions.ts';
import { LowerContext } from './lower/context.ts';
import { lowerProgram } from './lower/program.ts';
import { layOutValues } from './lower/values.ts';
import { placeRegions } from './memory/region.ts';
import { firstLane, Lanes } from './run/lanes.ts';
import { rehearse } from './run/rehearse.ts';
import { Runner } from './run/runner.ts';
import { callsOf, writeScript } from './run/script.ts';

/** Lowers a plan to kernel calls, places its values in memory, packs its constants and begins to compile its kernels. */
export function loadPlan(plan: Plan, engine: Engine): Executable {
  const { heap, constants, kernels, multiplyAdd } = engine;
  const kept = keepConditions(plan);
  const blocks = findBlocks(plan, kept.steps, engine.cacheBytes);
  const ctx = new LowerContext({ plan, values: layOutValues(plan, kept, blocks), constants, multiplyAdd });
  const giveBack = () => {
    for (const region of ctx.taken) constants.release(region);
  };
  try {
    const program = lowerProgram(ctx, { plan, steps: kept.steps, blocks });
    const calls = callsOf(program);
    const ready = kernels.request(calls.map(({ kernel }) => kernel));
    // A program that is never run must not bring the process down when its kernels do not compile.
    ready.catch(() => undefined);
    const script = writeScript(program, kernels);
    const workspaceBytes = placeRegions(ctx.regions);
    const { blockBytes } = script;
    const lanes = new Lanes({ engine, calls, blockBytes, regions: new Set(ctx.regions), workspaceBytes });
    // The workspace first: what it leaves behind when it grows is then free for constants.
    const lane = firstLane(engine, plan.multiplyAdds);
    engine.workspaces.hold(lane, workspaceBytes).release();
    constants.place(ctx.taken);
    lanes.hold(lane).release();
    const dispose = () => {
      lanes.dispose();
      giveBack();
    };
    if (heap.isImagined) return rehearse({ plan, engine, program, lanes, dispose });
    const runner = new Runner({ ...{ plan, engine, program, script, lanes, ready }, constants: ctx.taken });
    return {
      run: (arrays, timings) => runner.run(arrays, timings),
      runAll: (runs, before) => runner.runAll(runs, before),
      dispose: () => {
        runner.dispose();
        dispose();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}
