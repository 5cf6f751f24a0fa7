import * as ag from '@igos/autograd';
import type { CheckedCase } from '../agreement.ts';
import { uniformArray } from '../random.ts';
import { filterShape, type KernelLayer, outputShape, product } from './layers.ts';

/** What goes into a layer; the same numbers for every framework. */
export interface LayerData {
  readonly input: Float32Array;
  readonly filter: Float32Array;
  readonly bias: Float32Array;
  /** The gradient that comes back, of the shape of the result. */
  readonly slope: Float32Array;
}

export function drawData(layer: KernelLayer): LayerData {
  const sizes = [layer.input, filterShape(layer), [layer.outputs], outputShape(layer)].map(product);
  const [input, filter, bias, slope] = sizes.map((size, i) => uniformArray(i + 1, size)) as [
    ...[Float32Array, Float32Array, Float32Array, Float32Array],
  ];
  return { input, filter, bias, slope };
}

interface OurKernel {
  readonly layer: KernelLayer;
  readonly data: LayerData;
  readonly backend: ag.Backend;
}

/** The layer with bias and ReLU6, as networks have it. */
export function ourForward({ layer, data, backend }: OurKernel): Promise<CheckedCase> {
  const image = ag.input('image', [1, ...layer.input]);
  const bias = ag.constant({ data: data.bias, shape: [layer.outputs] });
  const result = ag.relu6(ag.add(apply(layer, image, data), bias));
  return kernelCase({ result, leaf: image, values: data.input }, backend);
}

/** The gradient that the layer hands on to its input. */
export function ourGradient({ layer, data, backend }: OurKernel): Promise<CheckedCase> {
  const image = ag.input('image', [1, ...layer.input]);
  const slope = ag.input('slope', [1, ...outputShape(layer)]);
  const [result] = ag.gradient(ag.sum(ag.mul(apply(layer, image, data), slope)), [image]) as [ag.Tensor];
  return kernelCase({ result, leaf: slope, values: data.slope }, backend);
}

function apply(layer: KernelLayer, image: ag.Tensor, { filter }: LayerData): ag.Tensor {
  const op = layer.kind === 'conv' ? ag.conv2d : ag.depthwiseConv2d;
  return op(image, ag.constant({ data: filter, shape: filterShape(layer) }), {
    strides: layer.stride,
    padding: 'same',
  });
}

interface Kernel {
  readonly result: ag.Tensor;
  readonly leaf: ag.Tensor;
  readonly values: Float32Array;
}

/** Times the steps of the program alone: in a network the layer before writes its input where it is read. */
async function kernelCase({ result, leaf, values }: Kernel, backend: ag.Backend): Promise<CheckedCase> {
  const program = ag.compile({ inputs: [leaf], outputs: { result } }, backend);
  const arrays = { [leaf.attrs.name as string]: { data: values, shape: leaf.shape } };
  const { data } = (await program.run(arrays)).result;
  return {
    result: data,
    dispose: () => program.dispose(),
    timed: {
      name: `ours, ${backend.name}`,
      run: async () => (await program.profile(arrays)).reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    },
  };
}
