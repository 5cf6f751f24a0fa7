import { createWasmBackend } from '@igos/autograd';
import { afterAll, describe, test } from 'vitest';
import { graphOfCase, opCases } from '../support/op-cases.ts';
import { expectLikeReference } from '../support/wasm-compare.ts';

const wasm = createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => wasm.dispose());

describe('every op case, and its gradients, with memory full of NaN before each run', () => {
  test.each(opCases)('$name', async (opCase) => {
    await expectLikeReference(wasm, graphOfCase(opCase));
  });
});
