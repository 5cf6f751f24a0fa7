import * as ag from '@igos/autograd';
import { folderReader, startThreads } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { baselines, createMaskProblem, explain, explainToEnd, makeBaseline, scoreOfModel } from 'igos';
import { afterAll, describe, expect, test } from 'vitest';
import { seededValues } from '../support/seeded.ts';

const folder = new URL('../../models/', import.meta.url).pathname;
const digits = await loadModel(folderReader(`${folder}digits`));
const photoModel = await loadModel(folderReader(`${folder}efficientnet-lite0`));
const opened: ag.Backend[] = [];
afterAll(() => opened.forEach((backend) => void backend.dispose()));

async function explainOn(
  backend: ag.Backend,
  { model, side }: { readonly model: typeof digits; readonly side: number },
) {
  const shape = [side, side, side === 28 ? 1 : 3];
  const image = { data: seededValues(1, side * side * shape[2]!, [0, 1]), shape };
  const score = scoreOfModel(model, { target: { kind: 'index', index: 3 } });
  const problem = createMaskProblem({
    score,
    image,
    baseline: makeBaseline(baselines.blur, image),
    backend,
    path: { points: 10 },
  });
  const result = await explainToEnd(explain(problem, { iterations: 1, noise: { sigma: 0.1, seed: 0 } }));
  await problem.evaluate(Array.from({ length: 9 }, () => image));
  const bytes = backend.memoryBytes!();
  problem.dispose();
  return { result, bytes };
}

describe.each([
  { name: 'the digits network', model: digits, side: 28 },
  { name: 'EfficientNet-Lite0', model: photoModel, side: 224 },
])('a rehearsal of $name', ({ model, side }) => {
  test.each([
    { threads: 1, shareMemory: true },
    { threads: 2, shareMemory: true },
    { threads: 3, shareMemory: true },
    { threads: 2, shareMemory: false },
  ])('tells the memory of a run with $threads threads, shared: $shareMemory', async (options) => {
    const real = ag.createWasmBackend({ ...options, startThreads, splitFrom: 0 });
    const rehearsal = ag.createWasmBackend({ ...options, rehearse: ag.rehearse, splitFrom: 0 });
    opened.push(real);
    const { bytes } = await explainOn(real, { model, side });
    const expected = await explainOn(rehearsal, { model, side });
    expect(Math.abs(bytes / expected.bytes - 1)).toBeLessThan(0.02);
    // Zeros throughout: nothing was computed.
    expect(expected.result.image.score).toBe(0);
  });
});

test('memory does not grow from one explanation to the next', async () => {
  const backend = ag.createWasmBackend({ multiplyAdd: false });
  const sizes: number[] = [];
  for (let round = 0; round < 6; round++) sizes.push((await explainOn(backend, { model: digits, side: 28 })).bytes);
  expect(new Set(sizes.slice(1)).size).toBe(1);
});
