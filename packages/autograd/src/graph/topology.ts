import type { Tensor } from './tensor.ts';

/** Every node that `outputs` depend on, each after its dependencies. `dependencies` defaults to the inputs. */
export function topologicalOrder(
  outputs: readonly Tensor[],
  dependencies: (node: Tensor) => readonly Tensor[] = (node) => node.inputs,
): Tensor[] {
  return dependencyOrder(outputs, dependencies);
}

/** What a node is computed from: what a composite stands for, of all others the inputs. */
export function partsOf(node: Tensor): readonly Tensor[] {
  return node.expansion ? [node.expansion] : node.inputs;
}

/** `sources`, and everything in a topological order that depends on one of them. */
export function dependentsOf(
  sources: readonly Tensor[],
  order: readonly Tensor[],
  dependencies: (node: Tensor) => readonly Tensor[] = (node) => node.inputs,
): Set<Tensor> {
  const found = new Set(sources);
  for (const node of order) if (dependencies(node).some((from) => found.has(from))) found.add(node);
  return found;
}

/** An item, and how many of its dependencies were gone into. */
interface Frame<T> {
  readonly item: T;
  readonly pending: readonly T[];
  next: number;
  done: boolean;
}

/**
 * Everything that `roots` depend on, each after what it depends on. Keeps its own stack: a graph may be deeper than the
 * engine's call stack.
 *
 * @param onCycle  is given a path that ends where it has been before; nodes of a graph have none
 */
export function dependencyOrder<T>(
  roots: readonly T[],
  dependenciesOf: (item: T) => readonly T[],
  onCycle?: (path: readonly T[]) => void,
): T[] {
  const order: T[] = [];
  const frames = new Map<T, Frame<T>>();
  const stack: Frame<T>[] = [];
  const visit = (item: T) => {
    const known = frames.get(item);
    if (known) {
      if (!known.done) onCycle?.([...stack.map((frame) => frame.item), item]);
      return;
    }
    const frame = { item, pending: dependenciesOf(item), next: 0, done: false };
    frames.set(item, frame);
    stack.push(frame);
  };
  for (const root of roots) {
    visit(root);
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      if (frame.next < frame.pending.length) {
        visit(frame.pending[frame.next++]);
      } else {
        frame.done = true;
        order.push(frame.item);
        stack.pop();
      }
    }
  }
  return order;
}
