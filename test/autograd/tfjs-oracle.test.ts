import { compile, input, referenceBackend } from '@igos/autograd';
import { loadModel } from '@igos/autograd/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor as TfTensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { graphOps } from '../../packages/autograd/src/tfjs/graph-model/ops/index.ts';
import { seededValues } from '../support/seeded.ts';
import { largestDifference } from '../support/tfjs-fixtures.ts';
import { graphArtifacts } from '../support/tfjs-graph.ts';
import { type OpCase, tfjsOpCases } from '../support/tfjs-op-cases.ts';

test('every op of the reader has a case', () => {
  expect(Object.keys(tfjsOpCases).sort()).toEqual([...graphOps.keys()].sort());
});

describe('graph ops give what TensorFlow.js gives', () => {
  for (const [op, cases] of Object.entries(tfjsOpCases)) {
    cases.forEach((opCase, i) => {
      test(`${op} ${opCase.note ?? (i > 0 ? i : '')}`, async () => {
        const ours = await runOurs(opCase);
        const expected = opCase.expected ? { data: opCase.expected } : await runTensorFlow(opCase);
        if ('shape' in expected) expect(ours.shape).toEqual(expected.shape);
        expect(largestDifference(ours.data, expected.data)).toBeLessThan(2e-6);
      });
    });
  }
});

function imageOf({ x, range = [-2, 2] }: OpCase) {
  const size = x.reduce((product, extent) => product * extent, 1);
  return Float32Array.from(seededValues(7, size, range));
}

function artifactsOf({ x, graph }: OpCase) {
  return graphArtifacts({ placeholders: { x }, ...graph });
}

async function runOurs(opCase: OpCase) {
  const model = await loadModel(artifactsOf(opCase));
  const x = input('x', opCase.x);
  const [name] = opCase.graph.outputs;
  const y = model.apply(x)[name!]!;
  const program = compile({ inputs: [x], outputs: { y } }, referenceBackend);
  const results = await program.run({ x: { data: imageOf(opCase), shape: opCase.x } });
  return results.y!;
}

async function runTensorFlow(opCase: OpCase) {
  const model = await loadGraphModel(io.fromMemory(artifactsOf(opCase) as io.ModelArtifacts));
  const [name] = opCase.graph.outputs;
  const y = model.execute({ x: tensor(imageOf(opCase), [...opCase.x]) }, name) as TfTensor;
  return { data: y.dataSync(), shape: y.shape };
}
