/**
 * Trains the digits network with this repository's own engine and writes what lies in this folder: model.json, its weights
 * and a sample of each digit. The same code gives the same bytes, so after a run `git diff` should be empty.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderReader } from '@igos/autograd/node';
import { loadModel, type SavedLayer, saveLayersModel } from '@igos/autograd/tfjs';
import { accuracy } from './accuracy.ts';
import type { Weights } from './adam.ts';
import { type Digits, pixelsOf, readDigits } from './digits-data.ts';
import { inputShape, layers } from './network.ts';
import { greyPng } from './png.ts';
import { train, trainingDefaults } from './training.ts';

const folder = import.meta.dirname;

/** How a picture becomes the network's input, and what the outputs mean. */
const card = {
  name: 'Digits',
  task: 'image-classification',
  labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  preprocessing: {
    inputShape,
    channelOrder: 'grey',
    pixelRange: [0, 255],
    mean: [0],
    std: [255],
    resize: 'bilinear',
    centerCropFraction: 1,
  },
  logitsNode: 'logits',
};

const { training, heldOut } = readDigits();
const weights = await trainAloud(training);
saveModel(weights);
saveSamples(heldOut);
const model = await loadModel(folderReader(folder));
const share = await accuracy(heldOut, (images) => model.apply(images).logits!);
console.log(`${(100 * share).toFixed(2)} % of ${heldOut.labels.length} held-out digits are right`);

async function trainAloud(digits: Digits): Promise<Weights> {
  const start = performance.now();
  let losses: number[] = [];
  let trained: Weights = {};
  for await (const { epoch, endsEpoch, loss, weights } of train(digits)) {
    losses.push(loss);
    if (!endsEpoch) continue;
    const mean = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `epoch ${epoch + 1} of ${trainingDefaults.epochs}: loss ${mean.toFixed(4)} after ${seconds.toFixed(0)} s`,
    );
    losses = [];
    trained = weights;
  }
  return trained;
}

function saveModel(weights: Weights): void {
  const savedLayers = layers.map(
    ({ name, className, config, variables }): SavedLayer => ({
      name,
      className,
      config,
      weights: Object.fromEntries(
        Object.keys(variables).map((variable) => [variable, weights[`${name}/${variable}`]!]),
      ),
    }),
  );
  const files = saveLayersModel({ name: 'digits', inputShape, layers: savedLayers, metadata: card });
  for (const [file, bytes] of files) writeFileSync(join(folder, file), bytes);
}

/** The first held-out digit of each class. */
function saveSamples(digits: Digits): void {
  mkdirSync(join(folder, 'samples'), { recursive: true });
  for (const [label, name] of card.labels.entries()) {
    const pixels = pixelsOf(digits, digits.labels.indexOf(label));
    writeFileSync(join(folder, 'samples', `${name}.png`), greyPng(pixels, [28, 28]));
  }
}
