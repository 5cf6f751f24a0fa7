import { type Backend, compile, gradient, input, log, referenceBackend, slice, type Tensor } from '@igos/autograd';
import { availableGpuModes, createGpuBackend, recommendedGpuMode } from '@igos/autograd/gpu';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { graphOfCase, opCases } from '../support/op-cases.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';

const modes = ['webgpu', 'webgl2', 'webasm'] as const;
const backends = {} as Record<(typeof modes)[number], Backend>;
beforeAll(async () => {
  for (const mode of modes) backends[mode] = await createGpuBackend(mode);
});
afterAll(() => modes.forEach((mode) => void backends[mode].dispose()));

type Request = Parameters<typeof compile>[0] & { readonly arrays: Parameters<ReturnType<typeof compile>['run']>[0] };

/** Throws when GPU.js ran anything else than the asked mode, so a pass means that the mode computed this. */
async function largestDifference({ arrays, ...request }: Request, backend: Backend): Promise<number> {
  const program = compile(request, backend);
  const [actual, expected] = [await program.run(arrays), await compile(request, referenceBackend).run(arrays)];
  program.dispose();
  const differences = Object.keys(expected).map((name) => relativeDifference(actual[name]!, expected[name]!));
  return Math.max(...differences);
}

test('a page can run all modes; programs that stand in for a graphics card come after WASM', async () => {
  expect(await availableGpuModes()).toEqual(['webasm', 'webgpu', 'webgl2', 'cpu']);
  expect(await recommendedGpuMode()).toBeUndefined();
});

test('a backend tells what it computes on', async () => {
  for (const mode of ['webgpu', 'webgl2'] as const) {
    const { name, device, dispose } = await createGpuBackend(mode);
    expect(name).toBe(`gpujs:${mode}`);
    expect(device).toMatch(/swiftshader/i);
    dispose();
  }
});

describe.each(['webgpu', 'webgl2'] as const)('%s gives the values and gradients of reference', (mode) => {
  test.each(opCases)('$name', async (opCase) => {
    expect(await largestDifference(graphOfCase(opCase), backends[mode])).toBeLessThan(1e-5);
  });
});

describe.each(modes)('whole networks with the gradient of their input, on %s', (mode) => {
  const image = input('image', [2, 12, 12, 3]);
  const arrays = { image: { data: seededValues(1, 2 * 12 * 12 * 3), shape: image.shape } };
  const networks: Record<string, Tensor> = {
    residual: log(slice(residualNet(image).probabilities, { begin: [0, 1], size: [2, 1] })),
    branching: branchingNet(image).y,
  };

  test.each(Object.keys(networks))('%s', async (name) => {
    const score = networks[name]!;
    const outputs: Record<string, Tensor> = { score, slope: gradient(score, [image])[0]! };
    expect(await largestDifference({ outputs, arrays }, backends[mode])).toBeLessThan(1e-5);
  });
});
