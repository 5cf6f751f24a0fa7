import type { Backend } from './backend.ts';
import type { HostArray } from './host-array.ts';

/** Arrays of several runs, a row a run, in the order of `plan.inputs` or `plan.outputs`. */
type ArraysOfRuns = readonly (readonly HostArray[])[];

/** What is to happen around each call of a backend: one run, or several that were asked for at once. */
export interface RunHooks {
  /** Before the call, which waits for it. When it fails, nothing runs, and the call fails with its error. */
  readonly before?: () => void | Promise<void>;
  /** As each run of the call begins. When it throws, no more begin, and the call fails with its error. */
  readonly each?: () => void;
  /**
   * After a call that went well, which waits for it, with the arrays that went in and came out, for reading only. When it
   * fails, the call fails with its error.
   */
  readonly after?: (inputs: ArraysOfRuns, results: ArraysOfRuns) => void | Promise<void>;
}

/**
 * The same backend with something to do around its runs. A call goes `before`, then `each` as every run begins, then
 * `after`. Results are those of the backend, and so are all of its other members: `dispose` frees it, and it may be an
 * instance of a class.
 */
export function aroundRuns<B extends Backend>(backend: B, { before, each, after }: RunHooks): B {
  const load: Backend['load'] = (plan) => {
    const executable = backend.load(plan);
    return {
      run: async (inputs, timings) => {
        await before?.();
        each?.();
        const results = await executable.run(inputs, timings);
        await after?.([inputs], [results]);
        return results;
      },
      ...(executable.runAll && {
        runAll: async (runs, beforeRun) => {
          await before?.();
          const results = await executable.runAll!(runs, (number) => {
            beforeRun(number);
            each?.();
          });
          await after?.(runs, results);
          return results;
        },
      }),
      dispose: () => executable.dispose(),
    };
  };
  // Copies lose what a class gives its instances, and private fields know only the instance itself.
  return new Proxy(
    { ...backend, load },
    {
      get: (_, name) => {
        if (name === 'load') return load;
        const member: unknown = Reflect.get(backend, name);
        return typeof member === 'function' ? member.bind(backend) : member;
      },
    },
  );
}
