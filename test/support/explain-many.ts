import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWasmBackend } from '@igos/autograd';
import { folderReader, startThreads } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import {
  baselines,
  createMaskProblem,
  deletionInsertion,
  explain,
  explainToEnd,
  makeBaseline,
  scoreOfModel,
} from 'igos';

/**
 * A program: explains many digits, one after the other, and prints as JSON the memory that is in use after the tenth and
 * after the last. Arguments: how many, and with how many threads.
 */
const [count = 1000, threads = 1] = process.argv.slice(2).map(Number);

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes that are still in use after a collection, median of five. */
async function usedBytes(): Promise<number> {
  const sizes: number[] = [];
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    sizes.push(heapUsed + arrayBuffers);
  }
  return sizes.sort((a, b) => a - b)[2]!;
}

const model = await loadModel(folderReader(new URL('../../models/digits/', import.meta.url).pathname));
const backend = createWasmBackend({ threads, startThreads, splitFrom: 0 });
const seen: { readonly used: number; readonly engine: number }[] = [];
for (let i = 1; i <= count; i++) {
  const image = {
    data: Float32Array.from({ length: 784 }, (_, j) => Math.abs(Math.sin(j * 0.37 + i))),
    shape: [28, 28, 1],
  };
  const problem = createMaskProblem({
    score: scoreOfModel(model, { target: { kind: 'index', index: i % 10 } }),
    ...{ image, baseline: makeBaseline(baselines.blur, image), backend, path: { points: 10 } },
  });
  const noise = { sigma: 0.02, seed: i };
  const { saliency } = await explainToEnd(explain(problem, { iterations: 2, noise }));
  await deletionInsertion(problem, saliency, { ties: 'index' });
  problem.dispose();
  if (i === 10 || i === count) seen.push({ used: await usedBytes(), engine: backend.memoryBytes?.() ?? 0 });
}
backend.dispose();
console.log(JSON.stringify(seen));
