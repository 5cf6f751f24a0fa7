import { compile, input, referenceBackend } from '@igos/autograd';
import { loadModel, type SavedModel, saveLayersModel } from '@igos/autograd/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { io, type Tensor as TfTensor, tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { seededValues } from '../support/seeded.ts';
import { largestDifference } from '../support/tfjs-fixtures.ts';

const weight = (seed: number, ...shape: number[]) => ({
  data: seededValues(
    seed,
    shape.reduce((product, extent) => product * extent, 1),
    [-1, 1],
  ),
  shape,
});

const model: SavedModel = {
  name: 'tiny',
  inputShape: [8, 8, 1],
  metadata: { name: 'Tiny', labels: ['a', 'b', 'c'] },
  layers: [
    {
      name: 'conv',
      className: 'Conv2D',
      config: { filters: 4, kernel_size: [3, 3], activation: 'relu' },
      weights: { kernel: weight(1, 3, 3, 1, 4), bias: weight(2, 4) },
    },
    { name: 'pool', className: 'MaxPooling2D', config: { pool_size: [2, 2] } },
    { name: 'flatten', className: 'Flatten' },
    {
      name: 'dense',
      className: 'Dense',
      config: { units: 3, activation: 'softmax' },
      weights: { kernel: weight(3, 36, 3), bias: weight(4, 3) },
    },
  ],
};
const image = { data: Float32Array.from(seededValues(5, 2 * 64)), shape: [2, 8, 8, 1] };

async function outputsOf(files: ReadonlyMap<string, Uint8Array>) {
  const loaded = await loadModel(async (path) => files.get(path)!, { cardFile: false });
  const x = input('x', image.shape);
  const { dense } = loaded.apply(x);
  const program = compile({ inputs: [x], outputs: { dense: dense! } }, referenceBackend);
  return { loaded, values: (await program.run({ x: image })).dense!.data };
}

test('a saved model is read back with its card', async () => {
  const { loaded } = await outputsOf(saveLayersModel(model));
  expect(loaded).toMatchObject({ name: 'Tiny', format: 'layers-model', parameters: 36 + 4 + 108 + 3 });
  expect(loaded.card.labels).toEqual(['a', 'b', 'c']);
});

test('TensorFlow.js reads a saved model and gives the same outputs', async () => {
  const files = saveLayersModel(model);
  const document = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  const theirs = await loadLayersModel(
    io.fromMemory({
      modelTopology: document.modelTopology,
      weightSpecs: document.weightsManifest[0].weights,
      weightData: files.get('group1-shard1of1.bin')!.slice().buffer,
    }),
  );
  const expected = (theirs.predict(tensor(image.data, [2, 8, 8, 1])) as TfTensor).dataSync();
  const { values } = await outputsOf(files);
  expect(largestDifference(values, expected)).toBeLessThan(1e-6);
});
