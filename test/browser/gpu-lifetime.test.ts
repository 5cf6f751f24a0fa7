import { add, compile, constant, conv2d, DeviceLostError, input, mul, relu } from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { afterEach, describe, expect, test } from 'vitest';
import { countBuffers, countWebGlObjects, type LiveCount, spyOn } from '../support/device-spies.ts';
import { seededValues } from '../support/seeded.ts';
import { weight } from '../support/small-nets.ts';

const image = input('image', [1, 8, 8, 4]);
const arrays = { image: { data: seededValues(1, 256), shape: image.shape } };
const network = (factor: number) => ({
  y: mul(relu(conv2d(image, weight(1, [3, 3, 4, 4]), { padding: 'same' })), constant(factor)),
});
const modes = ['webgpu', 'webgl2'] as const;

const counting: { readonly restore: () => void }[] = [];
afterEach(() => {
  for (const each of counting.splice(0)) each.restore();
});
function counted<T extends { readonly restore: () => void }>(spy: T): T {
  counting.push(spy);
  return spy;
}

describe('dispose', () => {
  const counters: Record<(typeof modes)[number], () => LiveCount> = { webgpu: countBuffers, webgl2: countWebGlObjects };

  test.each(modes)('of 100 programs frees all that %s made for them', async (mode) => {
    const backend = await createGpuBackend(mode);
    const runOne = async (factor: number) => {
      const program = compile({ outputs: network(factor) }, backend);
      await program.run(arrays);
      if (factor % 10 === 0) await program.profile(arrays);
      program.dispose();
    };
    const { live } = counted(counters[mode]());
    await runOne(10); // what the backend makes once
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = live.size;
    for (let i = 1; i <= 100; i++) await runOne(i);
    await expect.poll(() => live.size).toBe(before);
    backend.dispose();
    if (mode === 'webgpu') await expect.poll(() => live.size).toBe(0);
  });

  test.each(modes)('of one program leaves the others of %s as they are', async (mode) => {
    const backend = await createGpuBackend(mode);
    const [kept, freed] = [1, 3].map((factor) => compile({ outputs: network(factor) }, backend));
    const first = await kept!.run(arrays);
    await freed!.run(arrays);
    freed!.dispose();
    const other = { image: { data: arrays.image.data.map((value) => -value), shape: image.shape } };
    expect(await kept!.run(other)).not.toEqual(first);
    expect(await kept!.run(arrays)).toEqual(first);
    kept!.dispose();
    backend.dispose();
  });
});

test.each(modes)('programs of %s may run at once, from their first run on', async (mode) => {
  const backend = await createGpuBackend(mode);
  const programs = [1, 2, 4].map((factor) => compile({ outputs: network(factor) }, backend));
  for (let round = 0; round < 2; round++) {
    const [one, two, four] = await Promise.all(programs.map((program) => program.run(arrays)));
    expect([...two!.y.data]).toEqual([...one!.y.data].map((value) => 2 * value));
    expect([...four!.y.data]).toEqual([...one!.y.data].map((value) => 4 * value));
  }
  for (const program of programs) program.dispose();
  backend.dispose();
});

describe('a WebGPU device that is lost', () => {
  const message = /^gpujs:webgpu lost the GPU.*: create the backend and its programs again/;
  /** Loses the device of a run at the call of a method of it. */
  const loseAt = (prototype: object, method: string, device: () => GPUDevice) =>
    counted(spyOn(prototype, method, () => device().destroy()));

  async function setUp() {
    let device: GPUDevice | undefined;
    const shaders = counted(
      spyOn(GPUDevice.prototype, 'createShaderModule', ({ target }) => {
        device = target as GPUDevice;
      }),
    );
    const backend = await createGpuBackend('webgpu');
    const program = compile({ outputs: network(2) }, backend);
    const expected = await program.run(arrays);
    shaders.restore();
    return { backend, program, expected, device: device! };
  }

  test('fails the run in progress and all later ones, and a new backend works', async () => {
    const { backend, program, expected, device } = await setUp();
    const fresh = compile({ outputs: network(5) }, backend);
    loseAt(GPUQueue.prototype, 'submit', () => device);
    await expect(program.run(arrays)).rejects.toThrow(message);
    await expect(program.run(arrays)).rejects.toThrow(DeviceLostError);
    await expect(fresh.run(arrays)).rejects.toThrow(message);
    expect(() => [program, fresh, backend].forEach((each) => void each.dispose())).not.toThrow();
    for (const each of counting.splice(0)) each.restore();

    const again = await createGpuBackend('webgpu');
    const another = compile({ outputs: network(2) }, again);
    expect(await another.run(arrays)).toEqual(expected);
    again.dispose();
  });

  test('fails a first run, which compiles', async () => {
    const { backend, device } = await setUp();
    loseAt(GPUDevice.prototype, 'createComputePipeline', () => device);
    await expect(compile({ outputs: network(7) }, backend).run(arrays)).rejects.toThrow(message);
    backend.dispose();
  });

  test('fails the next run when it is lost between two', async () => {
    const { backend, program, device } = await setUp();
    device.destroy();
    await device.lost;
    await expect(program.run(arrays)).rejects.toThrow(message);
    backend.dispose();
  });
});

test('what WebGPU refuses, of which it gives zeros, fails the run', async () => {
  const backend = await createGpuBackend('webgpu');
  const program = compile({ outputs: network(3) }, backend);
  let made = false;
  const groups = spyOn(GPUDevice.prototype, 'createBindGroup', ({ target }) => {
    if (!made)
      (target as GPUDevice).createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE });
    made = true;
  });
  await expect(program.run(arrays)).rejects.toThrow(/^gpujs:webgpu cannot run this program: /);
  groups.restore();
  await expect(program.run(arrays)).rejects.toThrow('gpujs:webgpu failed in an earlier run: compile the graph again');
  program.dispose();
  backend.dispose();
});

test('what WebGL has no memory for fails the run', async () => {
  const backend = await createGpuBackend('webgl2');
  const program = compile({ outputs: network(3) }, backend);
  const errors = [1281, 1285, 0]; // something else, out of memory, no more
  const original = WebGL2RenderingContext.prototype.getError;
  WebGL2RenderingContext.prototype.getError = () => errors.shift() ?? 0;
  await expect(program.run(arrays)).rejects.toThrow(
    /^gpujs:webgl2 has too little memory .*: run fewer images at once$/,
  );
  WebGL2RenderingContext.prototype.getError = original;
  program.dispose();
  backend.dispose();
});

describe('a WebGL context that is lost', () => {
  const message = /^gpujs:webgl2 lost the GPU.*: create the backend and its programs again/;

  async function setUp() {
    let context: WebGL2RenderingContext | undefined;
    const draws = counted(
      spyOn(WebGL2RenderingContext.prototype, 'drawArrays', ({ target }) => {
        context = target as WebGL2RenderingContext;
      }),
    );
    const backend = await createGpuBackend('webgl2');
    const program = compile({ outputs: network(2) }, backend);
    const expected = await program.run(arrays);
    draws.restore();
    return { backend, program, expected, lose: () => context!.getExtension('WEBGL_lose_context')!.loseContext() };
  }

  test.each(['drawArrays', 'readPixels'])('at %s fails the run in progress and all later ones', async (method) => {
    const { backend, program, expected, lose } = await setUp();
    const fresh = compile({ outputs: network(5) }, backend);
    counted(spyOn(WebGL2RenderingContext.prototype, method, lose));
    await expect(program.run(arrays)).rejects.toThrow(message);
    await expect(program.run(arrays)).rejects.toThrow(DeviceLostError);
    await expect(fresh.run(arrays)).rejects.toThrow(message);
    expect(() => [program, fresh, backend].forEach((each) => void each.dispose())).not.toThrow();
    for (const each of counting.splice(0)) each.restore();

    const again = await createGpuBackend('webgl2');
    expect(await compile({ outputs: network(2) }, again).run(arrays)).toEqual(expected);
    again.dispose();
  });

  test('fails a first run, which compiles', async () => {
    const { backend, lose } = await setUp();
    counted(spyOn(WebGL2RenderingContext.prototype, 'linkProgram', lose));
    await expect(compile({ outputs: { y: add(image, 3) } }, backend).run(arrays)).rejects.toThrow(message);
    backend.dispose();
  });
});
