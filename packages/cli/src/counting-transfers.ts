import type { Backend, HostArray } from '@igos/autograd';

/** The backend, and the most bytes that went into and came out of one call of it. */
export function countingTransfers(backend: Backend): { readonly backend: Backend; readonly mostBytes: () => number } {
  let most = 0;
  const count = (arrays: readonly HostArray[]) => {
    most = Math.max(
      most,
      arrays.reduce((sum, { data }) => sum + data.byteLength, 0),
    );
  };
  const load: Backend['load'] = (plan) => {
    const { run, runAll, dispose } = backend.load(plan);
    return {
      run: async (inputs, timings) => {
        const results = await run(inputs, timings);
        count([...inputs, ...results]);
        return results;
      },
      ...(runAll && {
        runAll: async (runs, before) => {
          const results = await runAll(runs, before);
          count([...runs, ...results].flat());
          return results;
        },
      }),
      dispose,
    };
  };
  return { backend: { ...backend, load }, mostBytes: () => most };
}
