import { readFileSync } from 'node:fs';
import { compile, input, referenceBackend } from '@igos/autograd';
import { loadModel } from '@igos/autograd/tfjs';
import { describe, expect, test } from 'vitest';
import { layerBuilders } from '../../packages/autograd/src/tfjs/layers-model/layers/index.ts';
import { largestDifference } from '../support/tfjs-fixtures.ts';

interface KerasArray {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
interface KerasCase {
  readonly name: string;
  readonly modelTopology: unknown;
  readonly weights: readonly (KerasArray & { readonly name: string })[];
  readonly inputs: readonly KerasArray[];
  readonly outputs: readonly KerasArray[];
}

/** Small models as Keras 3 writes them, with its outputs; made by `fixtures/scripts/make_keras3_layers.py`. */
const cases: readonly KerasCase[] = JSON.parse(
  readFileSync(new URL('../fixtures/keras3-layers.json', import.meta.url), 'utf8'),
);

test('every layer class that Keras 3 has is in a case', () => {
  const text = JSON.stringify(cases.map(({ modelTopology }) => modelTopology));
  const missing = [...layerBuilders.keys()].filter((name) => !text.includes(`"class_name":"${name}"`));
  expect(missing).toEqual(['ThresholdedReLU']);
});

describe('layers give what Keras 3 gives', () => {
  for (const kerasCase of cases) {
    test(kerasCase.name, async () => {
      const results = await run(kerasCase);
      expect(results.map(({ shape }) => shape)).toEqual(kerasCase.outputs.map(({ shape }) => shape));
      results.forEach(({ data }, i) => {
        expect(largestDifference(data, kerasCase.outputs[i]!.values)).toBeLessThan(1e-5);
      });
    });
  }
});

async function run({ modelTopology, weights, inputs }: KerasCase) {
  const model = await loadModel({
    modelTopology,
    weightSpecs: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
    weightData: Float32Array.from(weights.flatMap(({ values }) => values)).buffer,
  });
  const tensors = model.inputs.map(({ name }, i) => input(name, inputs[i]!.shape));
  const given = Object.fromEntries(model.inputs.map(({ name }, i) => [name, tensors[i]!]));
  const built = model.apply(given);
  const outputs = Object.fromEntries(model.outputs.map(({ name }) => [name, built[name]!]));
  const program = compile({ inputs: tensors, outputs }, referenceBackend);
  const arrays = Object.fromEntries(
    model.inputs.map(({ name }, i) => [name, { data: inputs[i]!.values, shape: inputs[i]!.shape }]),
  );
  const results = await program.run(arrays);
  return model.outputs.map(({ name }) => results[name]!);
}
