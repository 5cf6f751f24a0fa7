import { Heap } from '../memory/heap.ts';
import { Runner } from './runner.ts';
import type { StartRunners } from './runners.ts';

/** Everything runs on the calling thread. */
export const runOnCallingThread: StartRunners = () => {
  const heap = new Heap();
  return {
    heap,
    memoryBytes: () => heap.bytes,
    load: (parts) => {
      const runner = new Runner(heap, parts);
      return { firstLane: 0, run: (arrays, timings) => runner.runHere(arrays, timings), dispose: () => undefined };
    },
    end: () => undefined,
  };
};
