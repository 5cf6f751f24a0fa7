import * as ag from '@igos/autograd';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';
import { type ComparedGraph, errorOf, expectLikeReference, runOn } from '../support/wasm-compare.ts';

const wasm = ag.createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => wasm.dispose());

/** A network's outputs, and the gradient by the image of each one's square (whose seed is not constant). */
function networkGraph(build: (image: ag.Tensor) => Record<string, ag.Tensor>, shape: ag.Shape): ComparedGraph {
  const image = ag.input('image', shape);
  const values = build(image);
  const slopes = Object.entries(values).map(([name, y]) => [
    `slope of ${name}`,
    ag.gradient(ag.square(y), [image])[0]!,
  ]);
  const count = shape.reduce((product, extent) => product * extent, 1);
  const arrays = { image: { data: seededValues(1, count), shape } };
  return { inputs: [image], outputs: { ...values, ...Object.fromEntries(slopes) }, arrays };
}

describe('whole networks give the values and gradients of reference', () => {
  test.each([
    { name: 'residual', build: residualNet, shape: [1, 16, 16, 3] },
    { name: 'residual of an odd size, batched', build: residualNet, shape: [3, 13, 9, 1] },
    { name: 'branching', build: branchingNet, shape: [1, 12, 12, 3] },
    { name: 'branching of an odd size, batched', build: branchingNet, shape: [2, 11, 7, 5] },
  ])('$name', async ({ build, shape }) => {
    await expectLikeReference(wasm, networkGraph(build, shape));
  });
});

describe('results are the same bytes', () => {
  test('at every run', async () => {
    const { inputs, outputs, arrays } = networkGraph(branchingNet, [2, 9, 8, 3]);
    const program = ag.compile({ inputs, outputs }, wasm);
    const first = await program.run(arrays);
    for (let again = 0; again < 3; again++) expect(await program.run(arrays)).toEqual(first);
    program.dispose();
  });

  test.each([residualNet, branchingNet])('for a batch as for its images one by one: %o', async (build) => {
    const shape = [5, 10, 11, 3];
    const together = networkGraph(build, shape);
    const batch = await runOn(wasm, together);
    const alone = networkGraph(build, [1, 10, 11, 3]);
    const program = ag.compile(alone, wasm);
    const length = 10 * 11 * 3;
    for (let n = 0; n < 5; n++) {
      const data = together.arrays.image!.data.slice(n * length, (n + 1) * length);
      const single = await program.run({ image: { data, shape: [1, 10, 11, 3] } });
      for (const [name, { data: values }] of Object.entries(single)) {
        const size = values.length;
        expect(values, name).toEqual(batch[name]!.data.slice(n * size, (n + 1) * size));
      }
    }
    program.dispose();
  });
});

describe('memory', () => {
  /** Bytes of the memory that the backend's modules work on. */
  async function memoryOf(work: (backend: ag.Backend) => Promise<void>): Promise<number[]> {
    const sizes: number[] = [];
    const memories: WebAssembly.Memory[] = [];
    const original = WebAssembly.Memory;
    const spy = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function make(descriptor) {
      const memory = new original(descriptor);
      memories.push(memory);
      return memory;
    });
    const backend = ag.createWasmBackend({ multiplyAdd: false });
    try {
      for (let round = 0; round < 30; round++) {
        await work(backend);
        sizes.push(memories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0));
      }
    } finally {
      spy.mockRestore();
      backend.dispose();
    }
    return sizes;
  }

  test('is used again when programs are disposed of', async () => {
    const graph = networkGraph(residualNet, [2, 32, 32, 3]);
    const sizes = await memoryOf(async (backend) => void (await runOn(backend, graph)));
    expect(sizes[0]).toBeGreaterThan(65536);
    expect(new Set(sizes).size).toBe(1);
  });

  test('holds a weight once for all programs that use it in the same form', async () => {
    const weight = ag.constant({ data: seededValues(1, 1024 * 1024), shape: [1024, 1024] });
    const held: ag.Program[] = [];
    const sizes = await memoryOf(async (backend) => {
      const x = ag.input('x', [1, 1024]);
      const program = ag.compile({ inputs: [x], outputs: { y: ag.matmul(x, weight) } }, backend);
      await program.run({ x: { data: seededValues(2, 1024), shape: [1, 1024] } });
      held.push(program);
    });
    expect(sizes.at(-1)).toBeLessThan(2 * 4 * 1024 * 1024);
  });

  test('of a weight stays while another program uses it', async () => {
    const weight = ag.constant({ data: seededValues(1, 16), shape: [4, 4] });
    const x = ag.input('x', [1, 4]);
    const first = ag.compile({ outputs: { y: ag.matmul(x, weight) } }, wasm);
    const second = ag.compile({ outputs: { y: ag.exp(ag.matmul(x, weight)) } }, wasm);
    const arrays = { x: { data: [1, 2, 3, 4], shape: [1, 4] } };
    const before = await second.run(arrays);
    first.dispose();
    // Takes the place that the weight would have had.
    const zeros = ag.constant({ data: new Float64Array(16), shape: [4, 4] });
    const third = ag.compile({ outputs: { y: ag.matmul(x, zeros) } }, wasm);
    await third.run(arrays);
    expect(await second.run(arrays)).toEqual(before);
    second.dispose();
    third.dispose();
  });

  test('holds a weight in two forms for a single row and for many', async () => {
    const weight = ag.constant({ data: seededValues(1, 40 * 40), shape: [40, 40] });
    const programs = [1, 9].map((rows) => {
      const x = ag.input('x', [rows, 40]);
      const arrays = { x: { data: seededValues(rows, rows * 40), shape: [rows, 40] } };
      const graph = { inputs: [x], outputs: { y: ag.matmul(x, weight) }, arrays };
      return { graph, program: ag.compile(graph, wasm) };
    });
    for (const { graph, program } of programs) {
      const expected = await runOn(ag.referenceBackend, graph);
      const { y } = await program.run(graph.arrays);
      expect(errorOf(y.data, expected.y!.data)).toBeLessThan(1e-5);
    }
    for (const { program } of programs) program.dispose();
  });

  test('that cannot be had is an error that says how much and what to do', () => {
    const x = ag.input('x', [40_000, 40_000]);
    const compile = () => ag.compile({ inputs: [x], outputs: { y: ag.exp(x) } }, wasm);
    expect(compile).toThrow(/12800 MB more .* smaller batch/);
    expect(compile).toThrow(ag.OutOfMemoryError);
  });

  test('is given back when a program turns out not to fit', async () => {
    let seed = 0;
    const x = ag.input('x', [1, 512]);
    const huge = ag.exp(ag.input('huge', [40_000, 40_000]));
    const sizes = await memoryOf(async (backend) => {
      const weight = ag.constant({ data: seededValues(seed++, 512 * 512), shape: [512, 512] });
      const outputs = { y: ag.matmul(x, weight), huge };
      expect(() => ag.compile({ outputs }, backend)).toThrow(/smaller batch/);
    });
    expect(sizes.at(-1)).toBe(sizes[0]);
  });
});

describe('what the machine lacks is said', () => {
  test('SIMD', () => {
    const spy = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(() => ag.createWasmBackend()).toThrow(
      "the wasm backend needs WebAssembly with SIMD, which this engine lacks; use 'gpujs:cpu' or 'reference'",
    );
    spy.mockRestore();
  });

  test('a fused multiply-add, where it is asked for', () => {
    const validate = WebAssembly.validate;
    let calls = 0;
    const spy = vi.spyOn(WebAssembly, 'validate').mockImplementation((bytes) => calls++ === 0 && validate(bytes));
    expect(() => ag.createWasmBackend({ multiplyAdd: true })).toThrow(/no fused multiply-add/);
    spy.mockRestore();
  });
});

test('the largest of nothing but −∞ is −∞, at the first pixel of the window', async () => {
  const x = ag.input('x', [1, 2, 4, 1]);
  const data = [-1, -1, -1, -1, -1, -1, -1, -1].map((value, i) => (i % 4 < 2 ? value / 0 : value));
  const y = ag.maxPool(x, { size: 2, padding: 'valid' });
  const [slope] = ag.gradient(y, [x]);
  await expectLikeReference(wasm, {
    inputs: [x],
    outputs: { y, slope: slope! },
    arrays: { x: { data: Float64Array.from(data), shape: x.shape } },
  });
});

test('a failed compilation is an error of the run, not of the process', async () => {
  const spy = vi.spyOn(WebAssembly, 'instantiate').mockRejectedValue(new Error('out of code space'));
  const backend = ag.createWasmBackend({ multiplyAdd: false });
  const x = ag.input('x', [3]);
  const program = ag.compile({ inputs: [x], outputs: { y: ag.exp(x) } }, backend);
  await expect(program.run({ x: { data: [1, 2, 3], shape: [3] } })).rejects.toThrow('out of code space');
  spy.mockRestore();
});

test('profile gives every step its time', async () => {
  const graph = networkGraph(residualNet, [1, 16, 16, 3]);
  const program = ag.compile(graph, wasm);
  const times = await program.profile(graph.arrays);
  expect(times.length).toBe(program.plan.steps.length);
  expect(times.some(({ milliseconds }) => milliseconds > 0)).toBe(true);
  program.dispose();
});
