import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, constant, gradient, input, mul, referenceBackend, sum } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decode, largestDifference, largestEntry } from '../support/tfjs-fixtures.ts';

const folder = fileURLToPath(new URL('../../models/efficientnet-lite0', import.meta.url));
const shape = [1, 224, 224, 3];

interface StoredGradient {
  readonly l2: number;
  readonly sum: number;
  readonly at: readonly number[];
}
interface Crop {
  readonly image: string;
  readonly classIndex: number;
  readonly probability: number;
  /** Base64 of float32. */
  readonly logits: string;
  readonly gradientPositions: readonly number[];
  readonly probabilityGradient: StoredGradient;
  readonly logitGradient: StoredGradient;
}
const crops: readonly Crop[] = JSON.parse(readFileSync(`${folder}/reference/expected.json`, 'utf8')).cases;

test('EfficientNet-Lite0 is read with its card', async () => {
  const model = await loadModel(folderReader(folder));
  expect(model).toMatchObject({ format: 'graph-model', parameters: 4_631_000, weightBytes: 5_466_024 });
  expect(model.inputs).toEqual([{ name: 'images', shape: [null, 224, 224, 3] }]);
  expect(model.outputs).toEqual([{ name: 'probabilities', shape: [null, 1000] }]);
  expect(model.ops.get('_FusedConv2D')).toBe(33);
  expect(model.card).toMatchObject({ name: 'EfficientNet-Lite0', source: 'metadata', logitsNode: 'logits' });
  expect(model.card.labels).toHaveLength(1000);
  expect(model.card.preprocessing).toMatchObject({ mean: [127, 127, 127], std: [128, 128, 128], resize: 'bicubic' });
});

describe('EfficientNet-Lite0 gives the stored logits and gradients', () => {
  for (const name of ['panda.png', 'dog.png']) {
    test(name, async () => {
      const crop = crops.find(({ image }) => image === name)!;
      const results = await evaluate(crop);
      expect(largestDifference(results.logits.data, decode(crop.logits, [1000]).data)).toBeLessThan(2e-5);
      expect(Math.abs(results.probability.data[0]! - crop.probability)).toBeLessThan(1e-6);
      checkGradient(results.logitGradient.data, crop.logitGradient, crop.gradientPositions);
      checkGradient(results.probabilityGradient.data, crop.probabilityGradient, crop.gradientPositions);
    });
  }
});

/**
 * The network has kinks, so this asks for the very weights that the stored results were computed with: quantised ones
 * are `float32(float32(q · scale) + min)`. Rounded once only, one ReLU6 switches and a sample is off by 3 %.
 */
function checkGradient(found: ArrayLike<number>, stored: StoredGradient, positions: readonly number[]) {
  const l2 = Math.hypot(...chunks(Array.from(found)).map((part) => Math.hypot(...part)));
  expect(Math.abs(l2 / stored.l2 - 1)).toBeLessThan(1e-4);
  const samples = positions.map((at) => found[at]!);
  expect(largestDifference(samples, stored.at)).toBeLessThan(1e-3 * largestEntry(stored.at));
}

function chunks(values: readonly number[], size = 10_000): number[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size));
}

async function evaluate({ image, classIndex }: Crop) {
  const model = await loadModel(folderReader(folder));
  const pixels = await sharp(`${folder}/reference/${image}`).removeAlpha().raw().toBuffer();
  const images = input('images', shape);
  const { probabilities, logits } = model.apply(images);
  const chosen = constant({
    data: Float32Array.from({ length: 1000 }, (_, i) => Number(i === classIndex)),
    shape: [1000],
  });
  const [logit, probability] = [logits!, probabilities!].map((scores) => sum(mul(scores, chosen)));
  const outputs = {
    logits: logits!,
    probability: probability!,
    logitGradient: gradient(logit!, [images])[0]!,
    probabilityGradient: gradient(probability!, [images])[0]!,
  };
  const program = compile({ inputs: [images], outputs }, referenceBackend);
  return program.run({ images: { data: Float32Array.from(pixels, (pixel) => (pixel - 127) / 128), shape } });
}
