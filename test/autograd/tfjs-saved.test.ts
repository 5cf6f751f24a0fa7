import { compile, input, referenceBackend } from '@igos/autograd';
import { loadModel, type ModelArtifacts } from '@igos/autograd/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { io, type Tensor as TfTensor, tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { seededValues } from '../support/seeded.ts';
import { largestDifference } from '../support/tfjs-fixtures.ts';

const image = [5, 6, 3];

function sequential(...layers: tf.layers.Layer[]) {
  const model = tf.sequential();
  for (const layer of layers) model.add(layer);
  return model;
}

/** Models that TensorFlow.js itself saves: the dialect of Keras 2, with differences of its own. */
const models: Readonly<Record<string, () => tf.LayersModel>> = {
  'a Sequential model': () =>
    sequential(
      tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: image, activation: 'relu' }),
      tf.layers.batchNormalization(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ),
  'bilinear upsampling by the coordinates of TensorFlow 1': () =>
    sequential(tf.layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear', inputShape: image })),
  'nearest upsampling': () => sequential(tf.layers.upSampling2d({ size: [2, 2], inputShape: image })),
  'the hard sigmoid of Keras 2': () =>
    sequential(tf.layers.activation({ activation: 'hardSigmoid', inputShape: image })),
  'a thresholded relu': () => sequential(tf.layers.thresholdedReLU({ theta: 0.4, inputShape: image })),
  'a leaky relu': () => sequential(tf.layers.leakyReLU({ alpha: 0.2, inputShape: image })),
  'a transposed convolution': () =>
    sequential(tf.layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, inputShape: image })),
  'nested models, one of them twice': () => {
    const encoder = sequential(
      tf.layers.depthwiseConv2d({ kernelSize: 3, inputShape: image, depthMultiplier: 2 }),
      tf.layers.activation({ activation: 'elu' }),
    );
    const [left, right] = [tf.input({ shape: image }), tf.input({ shape: image })];
    const [a, b] = [encoder.apply(left), encoder.apply(right)] as tf.SymbolicTensor[];
    const sum = tf.layers.add().apply([a!, b!]) as tf.SymbolicTensor;
    const inner = tf.input({ shape: [3, 4, 6] });
    const head = tf.model({
      inputs: inner,
      outputs: [
        tf.layers.globalAveragePooling2d({}).apply(inner) as tf.SymbolicTensor,
        tf.layers.globalMaxPooling2d({}).apply(inner) as tf.SymbolicTensor,
      ],
    });
    const [mean, max] = head.apply(sum) as tf.SymbolicTensor[];
    const output = tf.layers.dense({ units: 4 }).apply(max!) as tf.SymbolicTensor;
    return tf.model({ inputs: [left, right], outputs: [output, mean!] });
  },
};

describe('models saved by TensorFlow.js give its outputs', () => {
  for (const [name, make] of Object.entries(models)) {
    test(name, async () => {
      const theirs = make();
      const inputs = theirs.inputs.map(({ shape }, i) => {
        const dims = [2, ...shape.slice(1)] as number[];
        const size = dims.reduce((product, extent) => product * extent, 1);
        return { shape: dims, data: Float32Array.from(seededValues(40 + i, size)) };
      });
      const expected = theirs.predict(inputs.map(({ data, shape }) => tensor(data, shape))) as TfTensor | TfTensor[];
      const outputs = await runOurs(await save(theirs), inputs);
      [expected].flat().forEach((output, i) => {
        expect(outputs[i]!.shape).toEqual(output.shape);
        expect(largestDifference(outputs[i]!.data, output.dataSync())).toBeLessThan(1e-6);
      });
    });
  }
});

async function save(model: tf.LayersModel): Promise<ModelArtifacts> {
  let saved: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = saved!;
  return { modelTopology, weightSpecs: weightSpecs!, weightData: weightData as ArrayBuffer };
}

interface Given {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

async function runOurs(artifacts: ModelArtifacts, given: readonly Given[]) {
  const model = await loadModel(artifacts);
  const tensors = model.inputs.map(({ name }, i) => input(name, given[i]!.shape));
  const built = model.apply(Object.fromEntries(model.inputs.map(({ name }, i) => [name, tensors[i]!])));
  const outputs = Object.fromEntries(model.outputs.map(({ name }) => [name, built[name]!]));
  const program = compile({ inputs: tensors, outputs }, referenceBackend);
  const results = await program.run(Object.fromEntries(model.inputs.map(({ name }, i) => [name, given[i]!])));
  return model.outputs.map(({ name }) => results[name]!);
}
