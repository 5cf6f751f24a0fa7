import type { StartRunners } from '../run/runners.ts';
import { firstLane, memoriesOf } from './sharing.ts';
import type { StartWorker } from './start-worker.ts';
import { ThreadedRunner } from './threaded-runner.ts';
import { Threads } from './threads.ts';

/**
 * Gives a backend its threads. `startThreads` of `@igos/autograd/node` and `/browser` are such; who uses neither downloads
 * nothing of them.
 */
export type StartThreads = StartRunners;

/** Threads on workers that are started in a way of your own. */
export function threadsFrom(startWorker: StartWorker): StartThreads {
  return (options) => {
    const threads = new Threads(startWorker, options);
    const { heap, sharing } = threads;
    return {
      heap,
      memoryBytes: () => heap.bytes * memoriesOf(sharing),
      threads: () => threads.use(),
      load: (parts) => {
        const runner = new ThreadedRunner(threads, parts);
        return {
          firstLane: firstLane(sharing, parts.plan.multiplyAdds),
          run: (arrays, timings) => runner.run(arrays, timings),
          runAll: (runs, before) => runner.runAll(runs, before),
          dispose: () => runner.dispose(),
        };
      },
      end: () => threads.end(),
    };
  };
}
