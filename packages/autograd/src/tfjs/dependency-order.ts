import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

/**
 * Everything that `roots` depend on, each after what it depends on. Keeps its own stack: a file may be deeper than the
 * engine's call stack.
 *
 * @throws ModelError naming the members of a cycle, in the direction that data would flow
 */
export function dependencyOrder<T extends { readonly key: string }>(
  roots: readonly T[],
  dependenciesOf: (item: T) => readonly T[],
): readonly T[] {
  const order: T[] = [];
  const done = new Map<T, boolean>();
  const path: { item: T; pending: T[] }[] = [];
  const visit = (item: T) => {
    if (done.get(item)) return;
    if (done.has(item)) throw cycleError(path.map((frame) => frame.item.key).concat(item.key));
    done.set(item, false);
    path.push({ item, pending: [...dependenciesOf(item)].reverse() });
  };
  for (const root of roots) {
    visit(root);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const next = frame.pending.pop();
      if (next) {
        visit(next);
      } else {
        done.set(frame.item, true);
        order.push(frame.item);
        path.pop();
      }
    }
  }
  return order;
}

function cycleError(path: readonly string[]): ModelError {
  const cycle = path.slice(path.indexOf(path[path.length - 1])).reverse();
  const names = cycle.map((name) => quote(name));
  const shown = names.length > 8 ? [...names.slice(0, 7), '...', names[0]] : names;
  return new ModelError(`the model has a cycle: ${shown.join(' -> ')}`);
}
