import { type Backend, classProbability, compile, type HostArray, referenceBackend, type Tensor } from '@igos/autograd';
import { fetchReader } from '@igos/autograd/browser';
import { createGpuBackend } from '@igos/autograd/gpu';
import { loadModel } from '@igos/autograd/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { pathGradient, pathInputs } from '../support/path-gradient.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';

const modes = ['webgpu', 'webgl2'] as const;
const backends = {} as Record<(typeof modes)[number], Backend>;
beforeAll(async () => {
  for (const mode of modes) backends[mode] = await createGpuBackend(mode);
});
afterAll(() => modes.forEach((mode) => void backends[mode].dispose()));

interface Subject {
  readonly image: HostArray;
  readonly baseline: HostArray;
  readonly score: (images: Tensor) => Tensor;
}

const pictureSize = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
const picture = (seed: number, shape: readonly number[]): HostArray => ({
  data: seededValues(seed, pictureSize(shape), [0, 1]),
  shape: [1, ...shape],
});

/** The class of a model that was saved by TensorFlow.js, on pictures that nothing is known about. */
async function savedModel(folder: string, index: number): Promise<Subject> {
  const model = await loadModel(fetchReader(folder));
  const shape = model.inputs[0]!.shape.slice(1) as number[];
  const score = (images: Tensor) => {
    const outputs = model.apply(images);
    return classProbability(model.logits(outputs, model.outputs[0]!.name)!, index);
  };
  return { image: picture(1, shape), baseline: picture(2, shape), score };
}

const smallImage = { image: picture(1, [16, 13, 3]), baseline: picture(2, [16, 13, 3]) };
const subjects: Record<string, () => Promise<Subject>> = {
  'a network with a residual': async () => ({
    ...smallImage,
    score: (images) => classProbability(residualNet(images).logits, 1),
  }),
  'a network with branches': async () => ({
    ...smallImage,
    score: (images) => classProbability(branchingNet(images).y, 2),
  }),
  'the digits network': () => savedModel('/models/digits', 3),
  'a saved network of depthwise convolutions': () => savedModel('/test/fixtures/mobile/graph-float32', 1),
  'a saved network of many kinds of layers': () => savedModel('/test/fixtures/mixed/graph-float32', 1),
};

const points = 20;
const maskSize = [5, 6] as const;

/** The same run on a backend and on `reference`. */
async function runBoth(subject: Subject, backend: Backend) {
  const request = pathGradient({ ...subject, maskSize, points, group: 5, noise: true });
  const [, ...shape] = subject.image.shape;
  const arrays = {
    ...pathInputs(points),
    mask: { data: seededValues(3, 30, [0, 1]), shape: [1, ...maskSize, 1] },
    noise: { data: seededValues(4, points * pictureSize(shape), [-0.1, 0.1]), shape: [points, ...shape] },
  };
  const program = compile(request, backend);
  const results = [await program.run(arrays), await compile(request, referenceBackend).run(arrays)] as const;
  program.dispose();
  return results;
}

/** Largest difference, relative to the largest value of what is expected. */
function relativeError(actual: HostArray, expected: HostArray): number {
  const largest = Math.max(...Array.from(expected.data, Math.abs));
  return (relativeDifference(actual, expected) * Math.max(1, largest)) / largest;
}

describe.each(modes)('the gradient along a path of 20 points, in one pipeline on %s', (mode) => {
  test.each(Object.keys(subjects))('of %s', async (name) => {
    const [actual, expected] = await runBoth(await subjects[name]!(), backends[mode]);
    expect(actual.gradient.shape).toEqual([4, 5, 6, 1]);
    expect(relativeError(actual.score, expected.score)).toBeLessThan(1e-5);
    expect(relativeError(actual.gradient, expected.gradient)).toBeLessThan(1e-5);
  });
});
