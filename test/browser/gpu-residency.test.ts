import { classProbability, compile, type Tensor } from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { afterEach, describe, expect, test } from 'vitest';
import { bindPlan, type Source } from '../../packages/autograd/src/gpu/bound-plan.ts';
import { type Spy, spyOn } from '../support/device-spies.ts';
import { pathGradient, pathInputs } from '../support/path-gradient.ts';
import { seededValues } from '../support/seeded.ts';
import { residualNet } from '../support/small-nets.ts';

const points = 10;
const picture = (seed: number) => ({ data: seededValues(seed, 16 * 16 * 3), shape: [1, 16, 16, 3] });
const request = pathGradient({
  score: (images: Tensor) => classProbability(residualNet(images).logits, 1),
  image: picture(1),
  baseline: picture(2),
  maskSize: [5, 6],
  points,
  group: 5,
});
const arrays = { mask: { data: seededValues(3, 30, [0, 1]), shape: [1, 5, 6, 1] }, ...pathInputs(points) };
const inputBytes = 4 * (30 + points + points);
const outputBytes = 4 * (points + (points / 5) * 30);

const constantOf = (source: Source) => ('constant' in source ? [source.constant] : []);

const spies: Spy<readonly unknown[]>[] = [];
function spy<Args extends readonly unknown[]>(prototype: object, method: string): Spy<Args> {
  const set = spyOn<Args>(prototype, method);
  spies.push(set);
  return set;
}
afterEach(() => {
  for (const { restore } of spies.splice(0)) restore();
});

describe('after the first run, webgpu', () => {
  test('uploads the inputs, submits once and reads the results back at once', async () => {
    const backend = await createGpuBackend('webgpu');
    const program = compile(request, backend);
    const first = await program.run(arrays);
    const writes = spy<[GPUBuffer, number, ArrayBufferView]>(GPUQueue.prototype, 'writeBuffer');
    const submits = spy<[GPUCommandBuffer[]]>(GPUQueue.prototype, 'submit');
    const maps = spy(GPUBuffer.prototype, 'mapAsync');
    const copies = spy<[GPUBuffer, number, GPUBuffer, number, number]>(
      GPUCommandEncoder.prototype,
      'copyBufferToBuffer',
    );
    const buffers = spy(GPUDevice.prototype, 'createBuffer');
    const shaders = spy(GPUDevice.prototype, 'createShaderModule');
    const passes = spy(GPUCommandEncoder.prototype, 'beginComputePass');
    const second = await program.run(arrays);

    expect(writes.calls.reduce((sum, [, , { byteLength }]) => sum + byteLength, 0)).toBe(inputBytes);
    expect(submits.calls.map(([list]) => list.length)).toEqual([1]);
    expect(maps.calls).toHaveLength(1);
    expect(copies.calls.reduce((sum, [, , , , bytes]) => sum + bytes, 0)).toBe(outputBytes);
    expect(passes.calls).toHaveLength(program.plan.steps.length);
    expect(buffers.calls).toEqual([]);
    expect(shaders.calls).toEqual([]);
    expect(second).toEqual(first);
    program.dispose();
    backend.dispose();
  });

  test('has uploaded each weight once, and once more where a kernel wants it in another order', async () => {
    const backend = await createGpuBackend('webgpu');
    const program = compile(request, backend);
    const buffers = spy<[GPUBufferDescriptor]>(GPUDevice.prototype, 'createBuffer');
    await program.run(arrays);
    const uploaded = buffers.calls.flatMap(([{ mappedAtCreation, size }]) => (mappedAtCreation ? [size] : []));
    const constants = new Set(
      bindPlan(program.plan, { ordersConstants: true }).steps.flatMap(({ reads }) => reads.flatMap(constantOf)),
    );
    expect(uploaded.toSorted()).toEqual(Array.from(constants, ({ size }) => 4 * size).toSorted());
    program.dispose();
    backend.dispose();
  });
});

describe('after the first run, webgl2', () => {
  test('uploads the inputs and reads back the results', async () => {
    const backend = await createGpuBackend('webgl2');
    const program = compile(request, backend);
    const first = await program.run(arrays);
    const gl = WebGL2RenderingContext.prototype;
    const images = spy<readonly unknown[]>(gl, 'texImage2D');
    const reads = spy<[number, number, number, number]>(gl, 'readPixels');
    const others = [
      'texSubImage2D',
      'texStorage2D',
      'bufferData',
      'bufferSubData',
      'createTexture',
      'createShader',
    ].map((method) => spy(gl, method));
    const second = await program.run(arrays);

    // An upload is padded to whole texels of four values and whole rows of texels.
    const uploads = images.calls.map((args) => (args[8] as Float32Array).length);
    expect(uploads).toHaveLength(3);
    expect(uploads.reduce((sum, length) => sum + 4 * length, 0)).toBeLessThan(2 * inputBytes);
    expect(reads.calls).toHaveLength(2);
    expect(reads.calls.reduce((sum, [, , width, height]) => sum + width * height, 0)).toBeLessThan(outputBytes / 2);
    for (const { calls } of others) expect(calls).toEqual([]);
    expect(second).toEqual(first);
    program.dispose();
    backend.dispose();
  });
});

describe.each(['webgpu', 'webgl2'] as const)('step by step on %s', (mode) => {
  test('arrays stay on the device, and the results are those of the pipeline', async () => {
    const backend = await createGpuBackend(mode);
    const program = compile(request, backend);
    const expected = await program.run(arrays);
    const stepwise = backend.load(program.plan);
    const inputs = Object.values({ mask: arrays.mask, scale: arrays.scale, weights: arrays.weights });
    await stepwise.run(inputs, new Float64Array(program.plan.steps.length));

    const maps = mode === 'webgpu' ? spy(GPUBuffer.prototype, 'mapAsync') : undefined;
    const reads = spy(WebGL2RenderingContext.prototype, 'readPixels');
    const timings = new Float64Array(program.plan.steps.length);
    const results = await stepwise.run(inputs, timings);
    expect((maps ?? reads).calls).toHaveLength(program.plan.outputs.length);
    expect(results.map(({ data }) => data)).toEqual([expected.score.data, expected.gradient.data]);
    expect(Math.min(...timings)).toBeGreaterThan(0);
    stepwise.dispose();
    program.dispose();
    backend.dispose();
  });
});
