import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, gradient, input, mul, referenceBackend, sum } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import sharp from 'sharp';
import '@tensorflow/tfjs-backend-cpu';
import { io, slice, type Tensor as TfTensor, grad as tfGradient, tensor as tfTensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, model as tfModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { accuracy } from '../../models/digits/accuracy.ts';
import { imagesOf, labelsOf, pixelsOf, readDigits } from '../../models/digits/digits-data.ts';
import { applyLayers, layersToLogits, weightShapes } from '../../models/digits/network.ts';
import { largestDifference } from '../support/tfjs-fixtures.ts';

const folder = fileURLToPath(new URL('../../models/digits', import.meta.url));
const model = await loadModel(folderReader(folder));
const { training, heldOut } = readDigits();
const files = {
  modelJson: readFileSync(join(folder, 'model.json')),
  weights: readFileSync(join(folder, 'group1-shard1of1.bin')),
};
/** The model's file, and its weights as they lie there: float32, one after the other. */
const document = JSON.parse(files.modelJson.toString());
const weightData = new Uint8Array(files.weights).buffer;

function storedWeights() {
  const values = new Float32Array(weightData);
  let end = 0;
  const entries = weightShapes(layersToLogits).map(([name, shape]) => {
    const start = end;
    end += shape.reduce((product, extent) => product * extent);
    return [name, { data: values.subarray(start, end), shape }] as const;
  });
  return Object.fromEntries(entries);
}

const firstOfEach = Array.from({ length: 10 }, (_, label) => heldOut.labels.indexOf(label));
const images = imagesOf(heldOut, firstOfEach);

test('10,000 digits fall into 8,500 to train with and 150 of each class held out, none of them in both', () => {
  expect([training.labels.length, heldOut.labels.length]).toEqual([8500, 1500]);
  for (let label = 0; label < 10; label++) {
    expect(heldOut.labels.filter((found) => found === label)).toHaveLength(150);
  }
  const keysOf = (digits: typeof training) =>
    Array.from(digits.labels, (_, i) => Buffer.from(pixelsOf(digits, i)).toString('base64'));
  const seen = new Set(keysOf(training));
  expect(keysOf(heldOut).filter((key) => seen.has(key))).toEqual([]);
});

describe('the bundled digits network', () => {
  test('recognises at least 98 % of the held-out digits', async () => {
    expect(await accuracy(heldOut, (x) => model.apply(x).logits!)).toBeGreaterThanOrEqual(0.98);
  });

  test('takes less than 100 kB, file and weights', () => {
    const bytes = files.modelJson.length + files.weights.length;
    expect(model.weightBytes).toBe(files.weights.length);
    expect(bytes).toBeLessThan(100_000);
  });

  test('says how a picture becomes its input', () => {
    expect(model.inputs[0]!.shape).toEqual([null, 28, 28, 1]);
    expect(model.outputs[0]!.shape).toEqual([null, 10]);
    expect(model.card).toMatchObject({
      source: 'metadata',
      labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      logitsNode: 'logits',
      preprocessing: { inputShape: [28, 28, 1], channelOrder: 'grey', mean: [0], std: [255], resize: 'bilinear' },
    });
  });

  test('means in the file what it means to the trainer', async () => {
    const x = input('x', images.shape);
    const weights = new Map(weightShapes(layersToLogits).map(([name, shape]) => [name, input(name, shape)]));
    const trained = applyLayers(layersToLogits, x, (name) => weights.get(name)!);
    const program = compile({ outputs: { trained, read: model.apply(x).logits! } }, referenceBackend);
    const { trained: ours, read } = await program.run({ x: images, ...storedWeights() });
    expect(largestDifference(ours!.data, read!.data)).toBeLessThan(1e-12);
  });

  // Of the logits: TensorFlow.js takes the derivative of a softmax as p − p², which float32 cancels for a sure digit.
  test('means the same to TensorFlow.js in float32: logits and their gradients with respect to the image', async () => {
    const whole = await loadLayersModel(
      io.fromMemory({
        modelTopology: document.modelTopology,
        weightSpecs: document.weightsManifest[0].weights,
        weightData,
      }),
    );
    const theirs = tfModel({ inputs: whole.inputs, outputs: whole.getLayer('logits').output });
    const x = input('x', [1, 28, 28, 1]);
    const label = input('label', [1, 10]);
    const logit = sum(mul(model.apply(x).logits!, label));
    const program = compile({ outputs: { logit, slope: gradient(logit, [x])[0]! } }, referenceBackend);
    for (const [digit, index] of firstOfEach.entries()) {
      const image = imagesOf(heldOut, [index]);
      const ours = await program.run({ x: image, label: labelsOf(heldOut, [index]) });
      const predict = (batch: TfTensor) => slice(theirs.predict(batch) as TfTensor, [0, digit], [1, 1]);
      const batch = tfTensor(Float32Array.from(image.data), [1, 28, 28, 1]);
      expect(largestDifference(ours.logit!.data, predict(batch).dataSync())).toBeLessThan(1e-4);
      const largest = Math.max(...ours.slope!.data.map(Math.abs));
      expect(largestDifference(ours.slope!.data, tfGradient(predict)(batch).dataSync())).toBeLessThan(1e-5 * largest);
    }
  });

  test('recognises its samples, which are the first held-out digits', async () => {
    const read = (label: number) =>
      sharp(join(folder, 'samples', `${label}.png`))
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
    const pictures = await Promise.all(firstOfEach.map((_, label) => read(label)));
    for (const [label, { data, info }] of pictures.entries()) {
      expect(info).toMatchObject({ width: 28, height: 28, channels: 1 });
      expect(data.equals(pixelsOf(heldOut, firstOfEach[label]!))).toBe(true);
    }
    const samples = {
      pixels: Buffer.concat(pictures.map(({ data }) => data)),
      labels: Uint8Array.from(firstOfEach.keys()),
    };
    const scores = compile({ outputs: { logits: model.apply(input('x', [10, 28, 28, 1])).logits! } }, referenceBackend);
    const { logits } = await scores.run({ x: imagesOf(samples, samples.labels) });
    const best = Array.from(samples.labels, (_, n) => {
      const row = logits!.data.subarray(10 * n, 10 * n + 10);
      return row.indexOf(Math.max(...row));
    });
    expect(best).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
