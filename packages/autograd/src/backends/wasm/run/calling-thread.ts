import { Heap } from '../memory/heap.ts';
import { Runner } from './runner.ts';
import { disposedMessage, type StartRunners } from './runners.ts';

/** Everything runs on the calling thread. */
export const runOnCallingThread: StartRunners = () => {
  const heap = new Heap();
  let ended = false;
  return {
    heap,
    memoryBytes: () => heap.bytes,
    threads: async () => ({ count: 1 }),
    load: (parts) => {
      const runner = new Runner(heap, parts);
      return {
        firstLane: 0,
        run: async (arrays, timings) => {
          if (ended) throw new Error(disposedMessage);
          return runner.runHere(arrays, timings);
        },
        dispose: () => undefined,
      };
    },
    end: () => {
      ended = true;
    },
  };
};
