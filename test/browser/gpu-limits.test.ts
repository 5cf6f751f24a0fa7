import {
  add,
  type Backend,
  compile,
  concat,
  conv2d,
  gradient,
  input,
  matmul,
  mul,
  referenceBackend,
  slice,
  sum,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { seededValues } from '../support/seeded.ts';
import { weight } from '../support/small-nets.ts';

const modes = ['webgpu', 'webgl2'] as const;
const backends = {} as Record<(typeof modes)[number], Backend>;
beforeAll(async () => {
  for (const mode of modes) backends[mode] = await createGpuBackend(mode);
});
afterAll(() => modes.forEach((mode) => void backends[mode].dispose()));

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** Largest difference from `reference`, relative to the largest value. */
async function difference(y: Tensor, inputs: readonly Tensor[], backend: Backend): Promise<number> {
  const arrays = Object.fromEntries(
    inputs.map(({ attrs, shape }, i) => [attrs.name as string, { data: seededValues(i, sizeOf(shape)), shape }]),
  );
  const request = { inputs, outputs: { y } };
  const program = compile(request, backend);
  const [actual, expected] = [await program.run(arrays), await compile(request, referenceBackend).run(arrays)];
  program.dispose();
  return relativeDifference(actual.y, expected.y);
}

const many = Array.from({ length: 20 }, (_, i) => input(`x${i}`, [2, 3, 4]));
const total = many.reduce<Tensor>((partial, each) => add(partial, each), mul(many[0]!, 2));
/** Each is out of reach for WebGPU or WebGL 2, or for GPU.js, if it is written down plainly. */
const large: Record<string, readonly [Tensor, readonly Tensor[]]> = {
  'a sum of more arrays than a shader can read': [total, many],
  'a concatenation of more arrays than a shader can read': [concat(many, 1), many],
  ...scaled('more rows than WebGPU starts threads', [600_011, 3], [3]),
  ...scaled('more rows than a texture has', [8209, 3], [3]),
  ...scaled('rows that are longer than a texture', [5, 20_011], [5, 1]),
  ...reduced('a product over more than 1000 turns of a loop', [3, 7001], (x) => matmul(x, x, { transposeB: true })),
  ...reduced('a sum over more than 1000 turns of a loop', [4, 70_001], (x) => sum(x, { axes: 1 })),
};

function scaled(name: string, shape: readonly number[], factor: readonly number[]) {
  const inputs = [input('x', shape), input('factor', factor)];
  return { [name]: [mul(inputs[0]!, inputs[1]!), inputs] as const };
}

function reduced(name: string, shape: readonly number[], build: (x: Tensor) => Tensor) {
  const x = input('x', shape);
  return { [name]: [build(x), [x]] as const };
}

describe.each(modes)('what could silently go wrong on %s', (mode) => {
  test.each(Object.keys(large))('%s', async (name) => {
    const [y, inputs] = large[name]!;
    expect(await difference(y, inputs, backends[mode])).toBeLessThan(1e-5);
  });

  test('another size after the first', async () => {
    for (const [rows, columns] of [
      [9, 4],
      [3, 5],
      [20, 17],
      [9, 4],
    ] as const) {
      const x = input('x', [1, rows, columns, 3]);
      const y = conv2d(x, weight(1, [3, 3, 3, 2]), { padding: 'same' });
      const [slope] = gradient(mul(y, y), [x]);
      expect(await difference(slope!, [x], backends[mode])).toBeLessThan(1e-5);
    }
  });

  test('indices above 2^24', async () => {
    const columns = 2 ** 23 + 3;
    const x = input('x', [3, columns]);
    const program = compile({ outputs: { corner: slice(x, { begin: [2, 0], size: [1, 8] }) } }, backends[mode]);
    const data = new Float32Array(3 * columns);
    data.set([1, 2, 3, 4, 5, 6, 7, 8], 2 * columns);
    const { corner } = await program.run({ x: { data, shape: x.shape } });
    program.dispose();
    expect([...corner.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a result that the device cannot hold is an error', async () => {
    const x = input('x', [70_000, 1]);
    const program = compile({ outputs: { y: sum(mul(x, input('z', [1, 70_000])), { axes: 1 }) } }, backends[mode]);
    const arrays = {
      x: { data: new Float32Array(70_000), shape: [70_000, 1] },
      z: { data: new Float32Array(70_000), shape: [1, 70_000] },
    };
    await expect(program.run(arrays)).rejects.toThrow(/larger than supported size|this device allows/);
    program.dispose();
  });
});
