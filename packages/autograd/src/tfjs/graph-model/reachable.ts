import { quote } from '../json.ts';
import { ModelError } from '../model-error.ts';
import type { GraphNode, NodeTable } from './nodes.ts';

/** The nodes that `roots` depend on, in no particular order; a cycle does no harm here. */
export function reachable(nodes: NodeTable, roots: readonly string[]): GraphNode[] {
  const found = new Map<string, GraphNode>();
  const pending = roots.map((name) => ({ name, reader: 'the signature' }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (found.has(next.name)) continue;
    const node = nodes.get(next.name);
    if (!node) throw new ModelError(`${next.reader} reads ${quote(next.name)}, which is no node of the graph`);
    found.set(node.name, node);
    const reader = `node ${quote(node.name)}`;
    for (const input of node.inputs) pending.push({ name: input.node, reader });
  }
  return [...found.values()];
}
