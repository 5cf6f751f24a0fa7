import type { Backend } from '@igos/autograd';
import type { MaskProblem } from 'igos';
import { session } from './handlers/session.ts';

/**
 * A problem that does not go with the picture that is open, with whatever belongs to it: that of the key that was asked for
 * last, made again when something else computes.
 */
export function lasting<Key, Made extends { readonly problem: MaskProblem }>(
  make: (key: Key, backend: Backend) => Made,
): (key: Key) => Made {
  let kept: { readonly key: Key; readonly made: Made } | undefined;
  const drop = () => {
    kept?.made.problem.dispose();
    kept = undefined;
  };
  session.beforeChange(drop);
  return (key) => {
    if (kept && kept.key === key) return kept.made;
    const made = make(key, session.backend);
    drop();
    kept = { key, made };
    return made;
  };
}
