import {
  type Backend,
  classProbability,
  compile,
  gradient,
  type HostArray,
  input,
  referenceBackend,
} from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { startBackends } from '../support/backends.ts';
import { relativeDifference } from '../support/compare-arrays.ts';
import { graphOfCase, type OpCase, opCases } from '../support/op-cases.ts';
import { planInterpreter } from '../support/plan-interpreter.ts';

const { ran, skipped } = await startBackends();
afterAll(() => ran.forEach(({ backend }) => void backend.dispose()));

async function runCase(opCase: OpCase, backend: Backend): Promise<Record<string, HostArray>> {
  const { inputs, outputs, arrays } = graphOfCase(opCase);
  const program = compile({ inputs, outputs }, backend);
  const results = await program.run(arrays);
  program.dispose();
  return results;
}

test('every backend of this machine is tested', () => {
  expect(ran.map(({ backend }) => backend.name)).toEqual([
    'reference',
    expect.stringMatching(/^wasm(-fma)?$/),
    'gpujs:cpu',
    'gpujs:webasm',
  ]);
  expect(
    skipped.map(({ name }) => name),
    'WebGL and WebGPU run in the tests of the browser',
  ).toEqual(['gpujs:webgl2', 'gpujs:webgpu']);
});

const compared = [
  ...ran.filter(({ backend }) => backend !== referenceBackend),
  { backend: planInterpreter({ fuses: true }), tolerance: 1e-12 },
].map((each) => ({ ...each, name: each.backend.name }));

describe.each(compared)('$name gives the values and gradients of reference', ({ backend, tolerance }) => {
  test.each(opCases)('$name', async (opCase) => {
    const expected = await runCase(opCase, referenceBackend);
    const actual = await runCase(opCase, backend);
    for (const [name, array] of Object.entries(expected)) {
      expect(relativeDifference(actual[name]!, array), name).toBeLessThan(tolerance);
    }
  });
});

describe.each(compared)('$name', ({ backend }) => {
  test('keeps the slope of a class that is certain', async () => {
    const logits = input('logits', [2, 3]);
    const [slope] = gradient(classProbability(logits, 0), [logits]);
    const program = compile({ outputs: { slope } }, backend);
    const results = await program.run({ logits: { data: [20, 0, -50, 60, 0, -50], shape: [2, 3] } });
    const [atGap20, , , atGap60] = results.slope.data;
    expect(atGap20! / Math.exp(-20)).toBeCloseTo(1, 4);
    expect(atGap60! / Math.exp(-60)).toBeCloseTo(1, 4);
    program.dispose();
  });
});
