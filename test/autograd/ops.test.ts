import { type Backend, compile, type HostArray, referenceBackend } from '@igos/autograd';
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
  expect(ran.map(({ backend }) => backend.name)).toEqual(['reference', 'gpujs:cpu', 'gpujs:webasm']);
  expect(
    skipped.map(({ name }) => name),
    'WebGL runs in the tests of the browser',
  ).toEqual(['gpujs:webgl2']);
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
