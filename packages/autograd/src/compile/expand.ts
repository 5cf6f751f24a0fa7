import type { Tensor } from '../graph/tensor.ts';
import { partsOf, topologicalOrder } from '../graph/topology.ts';
import { type Draft, rebuild } from './rewrite.ts';

/** Replaces every composite by what it stands for, down to primitives, and remembers the names, unless a node has one. */
export function expandComposites({ outputs, labels: given }: Draft): Draft {
  const images = new Map<Tensor, Tensor>();
  const labels = new Map<Tensor, string>();
  for (const node of topologicalOrder(outputs, partsOf)) {
    const inner = partsOf(node).map((from) => images.get(from) as Tensor);
    const image = node.expansion ? inner[0] : rebuild(node, inner);
    images.set(node, image);
    const label = given.get(node) ?? (node.expansion && node.op);
    if (label) labels.set(image, label);
  }
  return { outputs: outputs.map((output) => images.get(output) as Tensor), labels };
}
