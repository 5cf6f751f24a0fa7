/** Runs of the worker that have not ended. */
const runs = new Set<Promise<unknown>>();

/** Begins the work of a run, which is under way until it has ended. */
export function asRun<T>(work: () => Promise<T>): Promise<T> {
  const run = work();
  const end = () => runs.delete(run);
  runs.add(run);
  run.then(end, end);
  return run;
}

/** Waits until no run is under way: what is timed beside one looks slow, and slows it. */
export async function noRun(): Promise<void> {
  while (runs.size > 0) await Promise.allSettled(runs);
}
