import type { Tensor } from './tensor.ts';

/** Every node that `outputs` depend on, each after its dependencies. `dependencies` defaults to the inputs. */
export function topologicalOrder(
  outputs: readonly Tensor[],
  dependencies: (node: Tensor) => readonly Tensor[] = (node) => node.inputs,
): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const stack: { node: Tensor; pending: readonly Tensor[]; next: number }[] = [];
  const visit = (node: Tensor) => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, pending: dependencies(node), next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    while (stack.length > 0) {
      const frame = stack[stack.length - 1];
      if (frame.next < frame.pending.length) {
        visit(frame.pending[frame.next++]);
      } else {
        order.push(frame.node);
        stack.pop();
      }
    }
  }
  return order;
}
