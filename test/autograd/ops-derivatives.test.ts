import { setFlagsFromString } from 'node:v8';
import { createWasmBackend, referenceBackend, type Tensor } from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { afterAll, describe, expect, test } from 'vitest';
import { checkGradient } from '../support/check-gradient.ts';
import { kernelInterpreter } from '../support/kernel-interpreter.ts';
import { opCases } from '../support/op-cases.ts';
import { drawInput } from '../support/op-inputs.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';

// Newer engines have relaxed SIMD without being asked. A test file has a process of its own, so this reaches no other.
setFlagsFromString('--experimental-wasm-relaxed-simd');
const float32 = [
  createWasmBackend({ multiplyAdd: false, poison: true }),
  createWasmBackend({ multiplyAdd: true, poison: true }),
  await createGpuBackend('cpu'),
  await createGpuBackend('webasm'),
  // WebGL and WebGPU are not to be had in Node; their kernels are, with constants in an order of their own.
  kernelInterpreter('the kernels of a graphics card', { ordersConstants: true, rows: 20, arrays: 3 }),
];
afterAll(() => float32.forEach((backend) => void backend.dispose()));
const on = [
  { backend: referenceBackend, tolerance: 1e-6 },
  ...float32.map((backend) => ({ backend, tolerance: 1e-5 })),
];

const differentiable = opCases.filter(({ inputs }) => inputs.some((each) => each.differentiable));

describe('first and second derivatives of every backend agree with differences in float64', () => {
  test.each(differentiable)('$name', async ({ build, inputs }) => {
    const at = inputs.map((spec, i) => ({ ...spec, ...drawInput(spec, i + 1) }));
    await expect(checkGradient({ build, at }, { order: 2, on })).resolves.toBeUndefined();
  });
});

test.each([
  { name: 'a residual network', build: (image: Tensor) => residualNet(image).probabilities },
  { name: 'a branching network', build: (image: Tensor) => branchingNet(image).y },
])('so do those of $name with constant weights', async ({ build }) => {
  const at = [{ data: seededValues(1, 98), shape: [1, 7, 7, 2] }];
  await expect(checkGradient({ build, at }, { order: 2, on })).resolves.toBeUndefined();
});
