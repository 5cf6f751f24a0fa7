import { readFileSync } from 'node:fs';
import {
  type Backend,
  classProbability,
  compile,
  gradient,
  input,
  type Program,
  referenceBackend,
  slice,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';

interface ExpectedSlope {
  readonly l2: number;
  /** Entries at the case's gradient positions. */
  readonly at: readonly number[];
}
interface ExpectedCase {
  readonly image: string;
  readonly classIndex: number;
  readonly probability: number;
  /** Base64 of little-endian float32. */
  readonly logits: string;
  readonly gradientPositions: readonly number[];
  readonly probabilityGradient: ExpectedSlope;
  readonly logitGradient: ExpectedSlope;
}

const folder = new URL('../../models/efficientnet-lite0/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('reference/expected.json', folder), 'utf8')) as {
  cases: readonly ExpectedCase[];
};
const model = await loadModel(folderReader(folder.pathname));
const image = input('image', [1, 224, 224, 3]);
const logits = model.apply(image).logits as Tensor;

const backends: Record<string, Backend> = {
  webasm: await createGpuBackend('webasm'),
  cpu: await createGpuBackend('cpu'),
};
afterAll(() => Object.values(backends).forEach((backend) => void backend.dispose()));

/** The crop as the model is to see it. */
async function pixelsOf(name: string): Promise<{ data: Float32Array; shape: readonly number[] }> {
  const { data } = await sharp(new URL(`reference/${name}`, folder).pathname)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: Float32Array.from(data, (pixel) => (pixel - 127) / 128), shape: image.shape };
}

type SlopeName = 'probabilityGradient' | 'logitGradient';

function compileFor(classIndex: number, backend: Backend, slopes: readonly SlopeName[]): Program {
  const probability = classProbability(logits, classIndex);
  const logit = slice(logits, { begin: [0, classIndex], size: [1, 1] });
  const scores = { probabilityGradient: probability, logitGradient: logit };
  const outputs: Record<string, Tensor> = { logits, probability };
  for (const name of slopes) outputs[name] = gradient(scores[name], [image])[0]!;
  return compile({ inputs: [image], outputs }, backend);
}

/** Largest difference at the given places, relative to the largest value of all. */
function differenceAt(actual: ArrayLike<number>, wanted: ArrayLike<number>, places: readonly number[]): number {
  const largest = Array.from(actual).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return places.reduce((most, place, i) => Math.max(most, Math.abs(actual[place]! - wanted[i]!)), 0) / largest;
}

function length(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}

/** Rounding makes a few of the millions of ReLU6 change sides, and each moves the gradient of the pixels it sees. */
const slopeTolerance = 5e-3;

const both = ['probabilityGradient', 'logitGradient'] as const;
const runs: readonly (ExpectedCase & { readonly mode: string; readonly slopes: readonly SlopeName[] })[] = [
  ...cases.map((each) => ({ ...each, mode: 'webasm', slopes: both })),
  { ...cases[0]!, mode: 'cpu', slopes: ['probabilityGradient'] },
];

describe('EfficientNet-Lite0 as PyTorch computes it', () => {
  test.each(runs)('gpujs:$mode, $image', async ({ image: name, classIndex, mode, slopes, ...expected }) => {
    const program = compileFor(classIndex, backends[mode]!, slopes);
    const actual = await program.run({ image: await pixelsOf(name) });
    program.dispose();
    const wanted = new Float32Array(new Uint8Array(Buffer.from(expected.logits, 'base64')).buffer);
    expect(differenceAt(actual.logits!.data, wanted, [...wanted.keys()])).toBeLessThan(2e-5);
    expect(Math.abs(actual.probability!.data[0]! - expected.probability)).toBeLessThan(2e-5);
    for (const each of slopes) {
      const { l2, at } = expected[each];
      const slope = actual[each]!.data;
      expect(Math.abs(length(slope) / l2 - 1)).toBeLessThan(slopeTolerance);
      expect(differenceAt(slope, at, expected.gradientPositions)).toBeLessThan(slopeTolerance);
    }
  });

  test('gpujs:webasm keeps what reference computes in float64', async () => {
    const [{ classIndex, image: name }] = cases as readonly [ExpectedCase];
    const given = { image: await pixelsOf(name) };
    const run = (backend: Backend) => compileFor(classIndex, backend, ['probabilityGradient']).run(given);
    const [actual, exact] = [await run(backends.webasm!), await run(referenceBackend)];
    const wanted = exact.logits!.data;
    expect(differenceAt(actual.logits!.data, wanted, [...wanted.keys()])).toBeLessThan(1e-6);
    expect(Math.abs(actual.probability!.data[0]! - exact.probability!.data[0]!)).toBeLessThan(1e-6);
    const slope = exact.probabilityGradient!.data;
    const difference = slope.map((value, i) => actual.probabilityGradient!.data[i]! - value);
    expect(length(difference) / length(slope)).toBeLessThan(slopeTolerance);
  });
});
