import {
  compile,
  gradient,
  type HostArray,
  input,
  logSoftmax,
  mean,
  mul,
  neg,
  type Program,
  referenceBackend,
  sum,
} from '@igos/autograd';
import { createAdam, type Weights } from './adam.ts';
import { type Digits, imagesOf, labelsOf } from './digits-data.ts';
import { type DistortionLimits, distort } from './distortion.ts';
import { applyLayers, inputShape, layersToLogits, weightShapes } from './network.ts';
import { permutation, uniform } from './random.ts';

export interface TrainingOptions {
  /** Everything random follows from it. */
  readonly seed: number;
  /** How often every digit is seen. */
  readonly epochs: number;
  /** Digits in one step. */
  readonly batchSize: number;
  /** Of Adam, at the start; it falls to 0 along a straight line. */
  readonly learningRate: number;
  /** How far a digit may be from its original, anew each time it is seen. */
  readonly distortion: DistortionLimits;
}

export const trainingDefaults: TrainingOptions = {
  seed: 1,
  epochs: 12,
  batchSize: 25,
  learningRate: 0.003,
  distortion: { bend: 0.12, shift: 1.5 },
};

export interface TrainingStep {
  /** From 0. */
  readonly epoch: number;
  /** All digits have been seen once more. */
  readonly endsEpoch: boolean;
  /** Mean cross-entropy of the batch before the step, in nats. */
  readonly loss: number;
  /** After the step; the same arrays every time, changed in place. */
  readonly weights: Weights;
}

/** What a random number is for: the second integer of its path, after the seed. */
const draw = { weight: 0, order: 1, distortion: 2 } as const;

/** Trains the digits network, one batch a step. The same digits and options give the same weights to the bit. */
export async function* train(digits: Digits, options: Partial<TrainingOptions> = {}): AsyncGenerator<TrainingStep> {
  const { seed, epochs, batchSize, learningRate, distortion } = { ...trainingDefaults, ...options };
  const count = digits.labels.length;
  const batches = Math.floor(count / batchSize);
  const weights = initialWeights(seed);
  const update = createAdam(weights);
  const program = lossAndGradients(batchSize);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = permutation([seed, draw.order, epoch], count);
    const distorted = (pixels: ArrayLike<number>, index: number) =>
      distort(pixels, distortion, (i) => 2 * uniform([seed, draw.distortion, epoch, index, i]) - 1);
    for (let batch = 0; batch < batches; batch++) {
      const chosen = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const images = imagesOf(digits, chosen, distorted);
      const { loss, ...gradients } = await program.run({ images, labels: labelsOf(digits, chosen), ...weights });
      update(gradients, learningRate * (1 - (epoch + batch / batches) / epochs));
      yield { epoch, endsEpoch: batch === batches - 1, loss: loss!.data[0]!, weights };
    }
  }
  program.dispose();
}

/**
 * A program from digits, labels and weights to the loss and its gradient with respect to each weight. Weights are inputs
 * like any other: no op knows that it is being trained.
 */
function lossAndGradients(batchSize: number): Program {
  const images = input('images', [batchSize, ...inputShape]);
  const labels = input('labels', [batchSize, 10]);
  const weights = new Map(weightShapes(layersToLogits).map(([name, shape]) => [name, input(name, shape)]));
  const logits = applyLayers(layersToLogits, images, (name) => weights.get(name)!);
  const loss = neg(mean(sum(mul(labels, logSoftmax(logits)), { axes: 1 })));
  const gradients = gradient(loss, [...weights.values()]);
  const byName = Object.fromEntries([...weights.keys()].map((name, i) => [name, gradients[i]!]));
  return compile({ outputs: { loss, ...byName } }, referenceBackend);
}

/**
 * Biases start at 0 and filters uniform within √(6 / inputs of a sum), which keeps the size of values through ReLU layers.
 *
 * @source K. He et al., "Delving Deep into Rectifiers" (ICCV 2015), section 2.2
 */
function initialWeights(seed: number): Weights {
  const shapes = weightShapes(layersToLogits);
  return Object.fromEntries(
    shapes.map(([name, shape], which): [string, HostArray] => {
      const inputs = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
      const limit = shape.length === 1 ? 0 : Math.sqrt(6 / inputs);
      const size = inputs * shape.at(-1)!;
      const data = Float64Array.from(
        { length: size },
        (_, i) => limit * (2 * uniform([seed, draw.weight, which, i]) - 1),
      );
      return [name, { data, shape }];
    }),
  );
}
