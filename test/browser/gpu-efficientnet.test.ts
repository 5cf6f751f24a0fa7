import { type Backend, classProbability, compile, referenceBackend, type Tensor } from '@igos/autograd';
import { fetchReader } from '@igos/autograd/browser';
import { createGpuBackend } from '@igos/autograd/gpu';
import { loadModel } from '@igos/autograd/tfjs';
import { expect, test } from 'vitest';
import { pathGradient } from '../support/path-gradient.ts';

/** A crop as the model is to see it. */
async function loadPixels(address: string): Promise<Float32Array> {
  const bitmap = await createImageBitmap(await (await fetch(address)).blob());
  const context = new OffscreenCanvas(224, 224).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, 224, 224);
  return Float32Array.from(
    data.filter((_, i) => i % 4 < 3),
    (pixel) => (pixel - 127) / 128,
  );
}

function length(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}

interface ExpectedCase {
  readonly image: string;
  readonly classIndex: number;
  readonly probability: number;
}

const folder = '/models/efficientnet-lite0';
const { cases } = (await (await fetch(`${folder}/reference/expected.json`)).json()) as {
  cases: readonly ExpectedCase[];
};
const { image: name, classIndex, probability } = cases[0]!;
const model = await loadModel(fetchReader(folder));
const pixels = await loadPixels(`${folder}/reference/${name}`);
const request = pathGradient({
  score: (images) => classProbability(model.apply(images).logits as Tensor, classIndex),
  image: { data: pixels, shape: [1, 224, 224, 3] },
  baseline: { data: new Float32Array(pixels.length), shape: [1, 224, 224, 3] },
  maskSize: [28, 28],
  points: 2,
  group: 2,
});
const arrays = {
  mask: { data: new Float32Array(28 * 28).fill(1), shape: [1, 28, 28, 1] },
  scale: { data: [0.75, 1], shape: [2] },
  weights: { data: [0.375, 0.5], shape: [2] },
};
const run = async (backend: Backend) => {
  const program = compile(request, backend);
  const results = await program.run(arrays);
  program.dispose();
  return results;
};

/** Rounding makes a few of the millions of ReLU6 change sides, and each moves the gradient of the pixels it sees. */
const slopeTolerance = 5e-3;

test.each(['webgpu', 'webgl2'] as const)('the path gradient of EfficientNet-Lite0 on %s', async (mode) => {
  const backend = await createGpuBackend(mode);
  const [actual, expected] = [await run(backend), await run(referenceBackend)];
  backend.dispose();
  // The last point is the image itself, of which PyTorch has said what it is.
  expect(Math.abs(actual.score.data[1]! - probability)).toBeLessThan(2e-5);
  expect(Math.abs(actual.score.data[0]! - expected.score.data[0]!)).toBeLessThan(2e-5);
  const difference = expected.gradient.data.map((value, i) => actual.gradient.data[i]! - value);
  expect(length(difference) / length(expected.gradient.data)).toBeLessThan(slopeTolerance);
});
