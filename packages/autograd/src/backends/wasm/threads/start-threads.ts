import type { StartWorker } from './start-worker.ts';
import { type ThreadResources, Threads } from './threads.ts';

/**
 * Gives a backend its threads. `startThreads` of `@igos/autograd/node` and `/browser` are such; who uses neither downloads
 * nothing of them.
 */
export type StartThreads = (resources: ThreadResources) => Threads;

/** Threads on workers that are started in a way of your own. */
export function threadsFrom(startWorker: StartWorker): StartThreads {
  return (resources) => new Threads(startWorker, resources);
}
