import type { Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import { isPrimitive } from '../primitives/define.ts';

/** A graph on its way to a plan: what it computes, and the composite that a node came from. */
export interface Draft {
  readonly outputs: readonly Tensor[];
  readonly labels: ReadonlyMap<Tensor, string>;
}

export type Pass = (draft: Draft) => Draft;

type Replace = (node: Tensor, inputs: readonly Tensor[]) => Tensor;

/** Replaces every node, inputs first. `replace` is given the node and the replacements of its inputs. */
export function rewrite(draft: Draft, replace: Replace): Draft {
  const images = new Map<Tensor, Tensor>();
  const labels = new Map<Tensor, string>();
  for (const node of topologicalOrder(draft.outputs)) {
    const image = replace(
      node,
      node.inputs.map((from) => images.get(from) as Tensor),
    );
    images.set(node, image);
    const label = draft.labels.get(node);
    if (label && !labels.has(image)) labels.set(image, label);
  }
  return { outputs: draft.outputs.map((output) => images.get(output) as Tensor), labels };
}

/** The same primitive on other inputs. */
export function rebuild(node: Tensor, inputs: readonly Tensor[]): Tensor {
  if (!isPrimitive(node.definition) || inputs.every((from, i) => from === node.inputs[i])) return node;
  return node.definition.build(inputs, node.attrs);
}

/** The nodes that read each node of a topological order. */
export function readersIn(order: readonly Tensor[]): ReadonlyMap<Tensor, readonly Tensor[]> {
  const readers = new Map<Tensor, Tensor[]>(order.map((node) => [node, []]));
  for (const node of order) for (const from of new Set(node.inputs)) readers.get(from)?.push(node);
  return readers;
}

/** The same graph with other nodes in the place of some. */
export function replaceNodes(draft: Draft, others: ReadonlyMap<Tensor, Tensor>): Draft {
  return rewrite(draft, (node, inputs) => others.get(node) ?? rebuild(node, inputs));
}
