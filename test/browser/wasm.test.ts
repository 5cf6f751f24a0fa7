import { createWasmBackend } from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { graphOfCase, opCases } from '../support/op-cases.ts';
import { expectLikeReference } from '../support/wasm-compare.ts';

const fused = createWasmBackend({ poison: true });
const plain = createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => [fused, plain].forEach((backend) => void backend.dispose()));

test('Chromium has a fused multiply-add', () => {
  expect(fused.name).toBe('wasm-fma');
});

describe.each([fused, plain])('$name in the thread of a page', (backend) => {
  test('gives what reference gives for every op case and its gradients', async () => {
    for (const opCase of opCases) await expectLikeReference(backend, graphOfCase(opCase));
  });
});
