import { quote } from './json.ts';
import { ModelError } from './model-error.ts';

/**
 * Everything that `roots` depend on, each after what it depends on. Keeps its own stack: a file may be deeper than the
 * engine's call stack.
 *
 * @throws ModelError naming the members of a cycle, in the direction that data would flow
 */
export function dependencyOrder(
  roots: readonly string[],
  dependenciesOf: (name: string) => readonly string[],
): readonly string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: { name: string; dependencies: readonly string[]; next: number }[] = [];
  const visit = (name: string) => {
    if (state.get(name) === 'done') return;
    if (state.has(name)) throw cycleError([...path.map((frame) => frame.name), name]);
    state.set(name, 'open');
    path.push({ name, dependencies: dependenciesOf(name), next: 0 });
  };
  for (const root of roots) {
    visit(root);
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      if (frame.next < frame.dependencies.length) {
        visit(frame.dependencies[frame.next++]);
      } else {
        state.set(frame.name, 'done');
        order.push(frame.name);
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
