import { add, averagePool, conv2d, dense, relu, reshape, softmax, type Tensor } from '@igos/autograd';

/**
 * One layer, with its meaning as a graph beside its meaning in a file: `apply` builds what a reader of TensorFlow.js
 * layers models builds from `className` and `config`.
 */
export interface Layer {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Shapes of what is trained, by the names that it has in a file. */
  readonly variables: Readonly<Record<string, readonly number[]>>;
  readonly apply: (x: Tensor, variable: (name: string) => Tensor) => Tensor;
}

/** Rows, columns and channels of a digit. White on black, 0 to 1. */
export const inputShape = [28, 28, 1] as const;

/**
 * The network, from a digit to the probabilities of 0 to 9.
 *
 * A stride and an average shrink the image, not max pooling. A digit's background is exactly black, and in a flat area all
 * pixels of a max-pooling window are equally large: rounding would choose which of them gets the gradient, and explanations
 * in float32 and float64 would part. Black borders also make the zero padding of `same` invisible.
 */
export const layers: readonly Layer[] = [
  convolution('conv1', { size: 5, channels: [1, 8], stride: 2, padding: 'same' }),
  convolution('conv2', { size: 3, channels: [8, 16], stride: 1, padding: 'same' }),
  averagePooling('pool', 2),
  convolution('conv3', { size: 3, channels: [16, 32], stride: 1, padding: 'valid' }),
  flatten('flatten'),
  linear('logits', { inputs: 5 * 5 * 32, units: 10 }),
  probabilities('probabilities'),
];

/** The layers up to the logits; the loss wants those, because the logarithm of a softmax can underflow. */
export const layersToLogits = layers.slice(0, -1);

/** What one layer after the other makes of `x`; weights by full name, such as `conv1/kernel`. */
export function applyLayers(stack: readonly Layer[], x: Tensor, weight: (fullName: string) => Tensor): Tensor {
  return stack.reduce((y, layer) => layer.apply(y, (variable) => weight(`${layer.name}/${variable}`)), x);
}

/** Shapes of all weights by full name, in the order of the layers. */
export function weightShapes(stack: readonly Layer[]): [string, readonly number[]][] {
  return stack.flatMap((layer) =>
    Object.entries(layer.variables).map(([variable, shape]): [string, readonly number[]] => [
      `${layer.name}/${variable}`,
      shape,
    ]),
  );
}

interface ConvolutionOptions {
  /** Rows and columns of the filter. */
  readonly size: number;
  readonly channels: readonly [inputs: number, outputs: number];
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

function convolution(name: string, { size, channels, stride, padding }: ConvolutionOptions): Layer {
  const [inputs, outputs] = channels;
  return {
    name,
    className: 'Conv2D',
    config: {
      filters: outputs,
      kernel_size: [size, size],
      strides: [stride, stride],
      padding,
      data_format: 'channels_last',
      dilation_rate: [1, 1],
      activation: 'relu',
      use_bias: true,
    },
    variables: { kernel: [size, size, inputs, outputs], bias: [outputs] },
    apply: (x, variable) => relu(add(conv2d(x, variable('kernel'), { strides: stride, padding }), variable('bias'))),
  };
}

function averagePooling(name: string, size: number): Layer {
  return {
    name,
    className: 'AveragePooling2D',
    config: { pool_size: [size, size], strides: [size, size], padding: 'valid', data_format: 'channels_last' },
    variables: {},
    apply: (x) => averagePool(x, { size, padding: 'valid' }),
  };
}

function flatten(name: string): Layer {
  return {
    name,
    className: 'Flatten',
    config: {},
    variables: {},
    apply: (x) => reshape(x, [x.shape[0]!, -1]),
  };
}

function linear(name: string, { inputs, units }: { readonly inputs: number; readonly units: number }): Layer {
  return {
    name,
    className: 'Dense',
    config: { units, activation: 'linear', use_bias: true },
    variables: { kernel: [inputs, units], bias: [units] },
    apply: (x, variable) => dense(x, variable('kernel'), variable('bias')),
  };
}

function probabilities(name: string): Layer {
  return {
    name,
    className: 'Activation',
    config: { activation: 'softmax' },
    variables: {},
    apply: (x) => softmax(x),
  };
}
