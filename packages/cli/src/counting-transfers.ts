import { aroundRuns, type Backend } from '@igos/autograd';

/** The backend, and the most bytes that went into and came out of one call of it. */
export function countingTransfers(backend: Backend): { readonly backend: Backend; readonly mostBytes: () => number } {
  let most = 0;
  const counting = aroundRuns(backend, {
    after: (inputs, results) => {
      const arrays = [...inputs, ...results].flat();
      most = Math.max(
        most,
        arrays.reduce((sum, { data }) => sum + data.byteLength, 0),
      );
    },
  });
  return { backend: counting, mostBytes: () => most };
}
