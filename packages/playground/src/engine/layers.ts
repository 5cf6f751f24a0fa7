import { input, isElementwise, type Tensor, topologicalOrder } from '@igos/autograd';
import type { Subject } from './subject.ts';

/** A stage of the network whose result is an image of channels. */
interface Layer {
  /** Operations, in order: `conv2d`, `add`, `relu`. */
  readonly names: readonly string[];
  /** Of each operation; the last is the result. */
  readonly nodes: readonly Tensor[];
  /** `[1, h, w, channels]` */
  readonly result: Tensor;
}

export interface LayeredScore {
  readonly images: Tensor;
  /** `[1]` */
  readonly score: Tensor;
  readonly layers: readonly Layer[];
}

/**
 * The score as a graph, with the layers that lead to it. What only goes on with a result, element by element, as a bias
 * and an activation do, belongs to the layer before it.
 */
export function layersOf({ image, score: scoreOf }: Pick<Subject, 'image' | 'score'>): LayeredScore {
  const images = input('images', [1, ...image.shape]);
  const score = scoreOf(images);
  const moving = new Set([images]);
  const readers = new Map<Tensor, Tensor[]>();
  for (const node of topologicalOrder([score])) {
    const sources = new Set(node.inputs.filter((from) => moving.has(from)));
    if (sources.size > 0) moving.add(node);
    for (const from of sources) readers.set(from, [...(readers.get(from) ?? []), node]);
  }
  const goesOn = (from: Tensor, node: Tensor) => {
    const others = node.inputs.some((other) => other !== from && moving.has(other));
    return !others && node.shape.join() === from.shape.join() && worksByElement(node, from);
  };
  const joined = new Map<Tensor, readonly Tensor[]>();
  const layers: Layer[] = [];
  for (const node of moving) {
    if (node === images) continue;
    const nodes = [...(joined.get(node) ?? []), node];
    const [next, ...more] = readers.get(node) ?? [];
    if (next && more.length === 0 && goesOn(node, next)) joined.set(next, nodes);
    else if (node.shape.length === 4) layers.push({ names: nodes.map(({ op }) => op), nodes, result: node });
  }
  return { images, score, layers };
}

/** Whether a node, or what a composite stands for, goes from one of its inputs to its result element by element. */
function worksByElement(node: Tensor, from: Tensor): boolean {
  const partsOf = ({ expansion, inputs }: Tensor) => (expansion ? [expansion] : inputs);
  const inside = (each: Tensor) => (node.inputs.includes(each) ? [] : partsOf(each));
  const moving = new Set([from]);
  for (const each of topologicalOrder([node], inside)) {
    if (!inside(each).some((part) => moving.has(part))) continue;
    if (!each.expansion && !isElementwise(each)) return false;
    moving.add(each);
  }
  return true;
}
