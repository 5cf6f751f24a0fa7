import { turnsOf } from '../../../compile/plan.ts';
import type { HostArray } from '../../../host-array.ts';
import { portFloats } from '../lower/program.ts';
import { Heap, pageBytes } from '../memory/heap.ts';
import { firstLane, laneOf, memoriesOf, resolveSharing, type Sharing, threadsWorth } from '../threads/sharing.ts';
import type { LoadedRunner, RunnerParts, StartRunners } from './runners.ts';

/**
 * For `createWasmBackend({ rehearse })`: computes nothing and takes no memory. Runs give zeros, and `memoryBytes` tells
 * what real ones would have taken. A rehearsal of any work tells what that needs, to the page of 64 KiB.
 */
export const rehearse: StartRunners = (options) => {
  const heap = new ImaginedHeap();
  const sharing = resolveSharing(options);
  return {
    heap,
    memoryBytes: () => heap.bytes * memoriesOf(sharing),
    threads: async () => ({ count: sharing.threads }),
    load: (parts) => rehearseProgram(parts, sharing),
    end: () => undefined,
  };
};

/** Counts what would be taken. */
class ImaginedHeap extends Heap {
  #bytes = pageBytes;

  override get bytes(): number {
    return this.#bytes;
  }

  override fill(): void {}

  protected override addPages(pages: number): void {
    this.#bytes += pages * pageBytes;
  }
}

/** Runs that take the room of real ones and give zeros. */
function rehearseProgram({ plan, program, lanes }: RunnerParts, sharing: Sharing): LoadedRunner {
  const alone = firstLane(sharing, plan.multiplyAdds);
  const zeros = (arrays: readonly HostArray[]): HostArray[] => {
    const turns = turnsOf(plan, arrays);
    return program.outputs.map((port) => ({
      data: new Float32Array(portFloats(port, turns)),
      shape: port.perTurn ? [turns, ...port.shape] : port.shape,
    }));
  };
  return {
    firstLane: alone,
    run: async (arrays) => {
      lanes.hold(alone).release();
      return zeros(arrays);
    },
    runAll: async (runs, before) => {
      const threads = threadsWorth(sharing, plan.multiplyAdds, runs.length);
      if (threads === 1) lanes.hold(alone).release();
      else for (let thread = 0; thread < threads; thread++) lanes.hold(laneOf(thread, sharing)).release();
      return runs.map((arrays, i) => {
        before(i);
        return zeros(arrays);
      });
    },
    dispose: () => undefined,
  };
}
