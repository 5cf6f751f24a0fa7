import { decodeConstant, input, isConstant, isInput, type Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/topology.ts';
import type { HostArray } from '../host-array.ts';
import { fillNormal } from '../random/normal-values.ts';
import { stateOfKey } from '../random/random-key.ts';
import { sizeOf } from '../shape.ts';
import { type Draft, replaceNodes } from './rewrite.ts';

/** Noise that the host makes before a run. */
export interface HostNoise {
  /** What stands for it in the graph. */
  readonly leaf: Tensor;
  /** That of one run. `arrays` are those of the inputs, by name. */
  readonly make: (arrays: ReadonlyMap<string, HostArray>) => HostArray;
}

/** Puts inputs in the place of noise, and says how they are made. */
export type NoiseSource = (draft: Draft, backend: string) => { readonly draft: Draft; readonly noise: HostNoise[] };

/**
 * The noise that other backends make themselves, byte for byte. A part of its own, so that pages whose backend can need
 * not download it.
 *
 * @throws Error for a key that is neither an input nor a constant
 */
export const noiseFromHost: NoiseSource = (draft, backend) => {
  const drawn = topologicalOrder(draft.outputs).filter(({ op }) => op === 'randomNormal');
  const noise = drawn.map((node, i): HostNoise => {
    const [key] = node.inputs;
    if (!isInput(key) && !isConstant(key)) {
      throw new Error(`backend ${backend} has its noise made before a run, so its key must be an input or a constant`);
    }
    const { shape, attrs } = node;
    return {
      leaf: input(`noise ${i}`, shape),
      make: (arrays) => {
        const { data } = isConstant(key) ? decodeConstant(key) : (arrays.get(key.attrs.name as string) as HostArray);
        const values = new Float32Array(sizeOf(shape));
        fillNormal(values, stateOfKey(data), attrs.deviation as number);
        return { data: values, shape };
      },
    };
  });
  const leaves = new Map(drawn.map((node, i) => [node, noise[i].leaf]));
  return { draft: replaceNodes(draft, leaves), noise };
};
