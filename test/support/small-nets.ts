import * as ag from '@igos/autograd';
import { seededValues } from './seeded.ts';

type Tensor = ag.Tensor;

/** A seeded constant, small enough that deep networks stay in range. */
export function weight(seed: number, shape: ag.Shape): Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return ag.constant({ data: seededValues(seed, count, [-0.5, 0.5]), shape });
}

/** Batch normalization with constant statistics. */
export function constantNorm(x: Tensor, seed: number): Tensor {
  const channels = x.shape.at(-1)!;
  const [mean, beta] = [weight(seed, [channels]), weight(seed + 1, [channels])];
  const [variance, gamma] = [ag.add(1, weight(seed + 2, [channels])), ag.add(1, weight(seed + 3, [channels]))];
  return ag.batchNorm(x, { mean, variance, gamma, beta, epsilon: 1e-3 });
}

/** conv, norm, relu6 – depthwise, norm, relu6 – conv, norm, residual – pool, dense, softmax: a MobileNetV2 of one block. */
export function residualNet(image: Tensor): Record<'features' | 'logits' | 'probabilities', Tensor> {
  const channels = image.shape[3]!;
  const stem = ag.relu6(
    constantNorm(ag.conv2d(image, weight(1, [3, 3, channels, 4]), { strides: 2, padding: 'same' }), 2),
  );
  const wide = ag.relu6(constantNorm(ag.conv2d(stem, weight(6, [1, 1, 4, 8]), { padding: 'valid' }), 7));
  const deep = ag.relu6(constantNorm(ag.depthwiseConv2d(wide, weight(11, [3, 3, 8, 1]), { padding: 'same' }), 12));
  const narrow = constantNorm(ag.conv2d(deep, weight(16, [1, 1, 8, 4]), { padding: 'valid' }), 17);
  const features = ag.globalAveragePool(ag.add(stem, narrow));
  const logits = ag.dense(features, weight(21, [4, 3]), weight(22, [3]));
  return { features, logits, probabilities: ag.softmax(logits) };
}

/** conv, swish – max pool – conv with a bias, relu – concat – average pool – flatten, dense, tanh. */
export function branchingNet(image: Tensor): Record<'y', Tensor> {
  const channels = image.shape[3]!;
  const stem = ag.swish(ag.conv2d(image, weight(31, [3, 2, channels, 3]), { padding: 'same' }));
  const pooled = ag.maxPool(stem, { size: 2, padding: 'valid' });
  const left = ag.relu(ag.add(ag.conv2d(pooled, weight(32, [3, 3, 3, 2]), { padding: 'same' }), weight(33, [2])));
  const right = ag.sigmoid(ag.depthwiseConv2d(pooled, weight(34, [3, 3, 3, 2]), { padding: 'same', dilations: 2 }));
  const joined = ag.averagePool(ag.concat([left, right, pooled], -1), { size: 2, strides: 1, padding: 'same' });
  const flat = ag.reshape(joined, [joined.shape[0]!, -1]);
  return { y: ag.tanh(ag.dense(flat, weight(35, [flat.shape[1]!, 5]), weight(36, [5]))) };
}
