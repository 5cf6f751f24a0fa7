import { decodeConstant, input, isConstant, isInput, type Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import type { HostArray } from '../host-array.ts';
import { fillNormal } from '../random/normal-values.ts';
import { stateOfKey } from '../random/random-key.ts';
import { sizeOf } from '../shape.ts';
import { type Draft, replaceNodes } from './rewrite.ts';

/** Noise that the host makes before a run: what stands for it in the graph, and what it is made of. */
export interface HostNoise {
  readonly leaf: Tensor;
  readonly key: Tensor;
  readonly deviation: number;
}

/**
 * Puts inputs in the place of noise, for backends that cannot make it.
 *
 * @throws Error for a key that is neither an input nor a constant
 */
export function drawOnHost(draft: Draft, backend: string): { readonly draft: Draft; readonly noise: HostNoise[] } {
  const drawn = topologicalOrder(draft.outputs).filter(({ op }) => op === 'randomNormal');
  const noise = drawn.map((node, i): HostNoise => {
    const [key] = node.inputs;
    if (!isInput(key) && !isConstant(key)) {
      throw new Error(`backend ${backend} has its noise made before a run, so its key must be an input or a constant`);
    }
    return { leaf: input(`noise ${i}`, node.shape), key, deviation: node.attrs.deviation as number };
  });
  const leaves = new Map(drawn.map((node, i) => [node, noise[i].leaf]));
  return { draft: replaceNodes(draft, leaves), noise };
}

/** The noise of one run. `arrays` are those of the inputs, by name. */
export function makeNoise({ leaf, key, deviation }: HostNoise, arrays: ReadonlyMap<string, HostArray>): HostArray {
  const { data } = isConstant(key) ? decodeConstant(key) : (arrays.get(key.attrs.name as string) as HostArray);
  const values = new Float32Array(sizeOf(leaf.shape));
  fillNormal(values, stateOfKey(data), deviation);
  return { data: values, shape: leaf.shape };
}
