import { setFlagsFromString } from 'node:v8';
import { compile, conv2d, createWasmBackend, depthwiseConv2d, input } from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { graphOfCase, opCases } from '../support/op-cases.ts';
import { seededValues } from '../support/seeded.ts';
import { expectLikeReference } from '../support/wasm-compare.ts';

// Newer engines have relaxed SIMD without being asked. A test file has a process of its own, so this reaches no other.
setFlagsFromString('--experimental-wasm-relaxed-simd');
const fused = createWasmBackend({ multiplyAdd: true, poison: true });
const plain = createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => [fused, plain].forEach((backend) => void backend.dispose()));

test('the fused multiply-add is used where the engine has it, and the name says so', () => {
  expect(createWasmBackend().name).toBe('wasm-fma');
  expect(plain.name).toBe('wasm');
});

describe('every op case with a fused multiply-add', () => {
  test.each(opCases)('$name', async (opCase) => {
    await expectLikeReference(fused, graphOfCase(opCase));
  });
});

test.each([
  { name: 'conv2d', op: conv2d },
  { name: 'depthwiseConv2d', op: depthwiseConv2d },
])('$name rounds a product and a sum at once', async ({ op }) => {
  const [x, filter] = [input('x', [1, 6, 6, 8]), input('filter', [3, 3, 8, op === conv2d ? 8 : 1])];
  const y = op(x, filter, { padding: 'same' });
  const arrays = {
    x: { data: seededValues(1, 288), shape: x.shape },
    filter: {
      data: seededValues(
        2,
        filter.shape.reduce((a, b) => a * b),
      ),
      shape: filter.shape,
    },
  };
  const run = async (backend: typeof plain) => (await compile({ outputs: { y } }, backend).run(arrays)).y.data;
  expect(await run(fused)).not.toEqual(await run(plain));
});
