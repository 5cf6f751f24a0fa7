import type { Executable } from '../../../backend.ts';
import { type Plan, turnsOf } from '../../../compile/plan.ts';
import type { HostArray } from '../../../host-array.ts';
import type { Engine } from '../engine.ts';
import { type LoweredProgram, portFloats } from '../lower/program.ts';
import { firstLane, type Lanes, laneOf, threadsWorth } from './lanes.ts';

interface Rehearsed {
  readonly plan: Plan;
  readonly engine: Engine;
  readonly program: LoweredProgram;
  readonly lanes: Lanes;
  readonly dispose: () => void;
}

/** Runs that take the room of real ones and give zeros. */
export function rehearse({ plan, engine, program, lanes, dispose }: Rehearsed): Executable {
  const zeros = (arrays: readonly HostArray[]): HostArray[] => {
    const turns = turnsOf(plan, arrays);
    return program.outputs.map((port) => ({
      data: new Float32Array(portFloats(port, turns)),
      shape: port.perTurn ? [turns, ...port.shape] : port.shape,
    }));
  };
  return {
    run: async (arrays) => {
      lanes.hold(firstLane(engine, plan.multiplyAdds)).release();
      return zeros(arrays);
    },
    runAll: async (runs, before) => {
      const threads = threadsWorth(engine, plan.multiplyAdds, runs.length);
      if (threads === 1) lanes.hold(firstLane(engine, plan.multiplyAdds)).release();
      else for (let thread = 0; thread < threads; thread++) lanes.hold(laneOf(thread, engine)).release();
      return runs.map((arrays, i) => {
        before(i);
        return zeros(arrays);
      });
    },
    dispose,
  };
}
