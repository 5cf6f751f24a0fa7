import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  add,
  type Backend,
  compile,
  constant,
  conv2d,
  gradient,
  input,
  matmul,
  mul,
  referenceBackend,
  relu,
  reshape,
  slice,
  sum,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { afterAll, describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { seededValues } from '../support/seeded.ts';
import { weight } from '../support/small-nets.ts';

const modes = ['cpu', 'webasm'] as const;
const backends: Record<string, Backend> = {};
for (const mode of modes) backends[mode] = await createGpuBackend(mode);
afterAll(() => Object.values(backends).forEach((backend) => void backend.dispose()));

const image = input('image', [2, 12, 12, 8]);
const features = relu(conv2d(image, weight(1, [3, 3, 8, 16]), { padding: 'same' }));
const arrays = { image: { data: seededValues(7, 2 * 12 * 12 * 8), shape: image.shape } };

test.each(modes)('%s names itself and what it computes in', (mode) => {
  expect(backends[mode]).toMatchObject({ name: `gpujs:${mode}`, precision: 'float32' });
});

describe.each(modes)('gpujs:%s', (mode) => {
  test("results are the caller's: a later run leaves them alone", async () => {
    const program = compile({ outputs: { features } }, backends[mode]!);
    const first = await program.run(arrays);
    const kept = first.features.data.slice();
    await program.run({ image: { data: new Float32Array(2 * 12 * 12 * 8).fill(3), shape: image.shape } });
    expect(first.features.data).toEqual(kept);
    expect(first.features.data).toBeInstanceOf(Float32Array);
    program.dispose();
  });

  test('inputs, constants and reshapes of them may be outputs', async () => {
    const x = input('x', [2, 3]);
    const outputs: Record<string, Tensor> = {
      x,
      turned: reshape(x, [3, 2]),
      one: constant({ data: [1, 2], shape: [2] }),
    };
    const given = { x: { data: [1, 2, 3, 4, 5, 6], shape: [2, 3] } };
    for (const extra of [{}, { twice: add(x, x) }] as Record<string, Tensor>[]) {
      const program = compile({ inputs: [x], outputs: { ...outputs, ...extra } }, backends[mode]!);
      const results = await program.run(given);
      expect([...results.turned!.data]).toEqual([1, 2, 3, 4, 5, 6]);
      expect(results.turned!.shape).toEqual([3, 2]);
      expect([...results.one!.data]).toEqual([1, 2]);
      program.dispose();
    }
  });

  test('tensors without elements', async () => {
    const x = input('x', [3, 4]);
    const none = slice(x, { begin: [0, 1], size: [3, 0] });
    const outputs = {
      none: mul(none, 2),
      sum: sum(none, { axes: 1 }),
      product: matmul(none, none, { transposeB: true }),
    };
    const program = compile({ outputs }, backends[mode]!);
    const results = await program.run({ x: { data: new Float32Array(12).fill(1), shape: [3, 4] } });
    expect(results.none).toEqual({ data: new Float32Array(0), shape: [3, 0] });
    expect([...results.sum.data]).toEqual([0, 0, 0]);
    expect([...results.product.data]).toEqual(new Array(9).fill(0));
    program.dispose();
  });

  test('a profile has the time of every step', async () => {
    const program = compile({ outputs: { features } }, backends[mode]!);
    const times = await program.profile(arrays);
    expect(times.map(({ op }) => op)).toEqual(program.plan.steps.map(({ op }) => op));
    for (const { milliseconds } of times) expect(milliseconds).toBeGreaterThan(0);
    program.dispose();
  });

  test('not-a-number and infinities pass through arithmetic', async () => {
    const x = input('x', [4]);
    const program = compile({ outputs: { y: add(mul(x, 2), -1) } }, backends[mode]!);
    const { y } = await program.run({ x: { data: [Number.NaN, Number.POSITIVE_INFINITY, -1, 2], shape: [4] } });
    expect([...y!.data]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, -3, 3]);
    program.dispose();
  });

  test('indices above 2^24 are exact', async () => {
    const columns = 2 ** 23 + 3;
    const x = input('x', [3, columns]);
    const corner = slice(x, { begin: [2, 0], size: [1, 8] });
    const program = compile({ outputs: { corner, sums: sum(x, { axes: 1 }) } }, backends[mode]!);
    const data = new Float32Array(3 * columns);
    data.set([1, 2, 3, 4, 5, 6, 7, 8], 2 * columns);
    const results = await program.run({ x: { data, shape: x.shape } });
    expect([...results.corner.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...results.sums.data]).toEqual([0, 0, 36]);
    program.dispose();
  });
});

describe('threads of webasm', () => {
  test('share a large result without a gap or an overlap', async () => {
    const wide = input('wide', [1, 61, 67, 5]);
    const program = compile({ outputs: gradientsOf(wide) }, backends.webasm!);
    const oracle = compile({ outputs: gradientsOf(wide) }, referenceBackend);
    const given = { wide: { data: seededValues(3, 61 * 67 * 5), shape: wide.shape } };
    const [actual, expected] = [await program.run(given), await oracle.run(given)];
    for (const name of Object.keys(expected)) {
      expect(relativeDifference(actual[name as 'y'], expected[name as 'y']), name).toBeLessThan(1e-5);
    }
    program.dispose();
  });

  test('two programs run at once', async () => {
    const [one, two] = [1, 2].map((factor) => compile({ outputs: { y: mul(features, factor) } }, backends.webasm!));
    const [a, b] = await Promise.all([one!.run(arrays), two!.run(arrays)]);
    expect([...b!.y.data]).toEqual([...a!.y.data].map((value) => 2 * value));
    one!.dispose();
    two!.dispose();
  });
});

function gradientsOf(x: Tensor) {
  const y = relu(conv2d(x, weight(5, [3, 3, 5, 7]), { padding: 'same', strides: 1 }));
  return { y, slope: gradient(y, [x])[0]! };
}

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const threads = () => readdirSync('/proc/self/task').length;
  /** Messages between threads, and the memory they hold, are let go some time after a run. */
  const patience = { timeout: 10_000, interval: 200 };
  const used = () => {
    collect();
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    return heapUsed + arrayBuffers + external;
  };

  test.each(modes)('%s holds no more after 1000 runs', async (mode) => {
    const program = compile({ outputs: { features } }, backends[mode]!);
    for (let i = 0; i < 50; i++) await program.run(arrays);
    const before = used();
    for (let i = 0; i < 1000; i++) await program.run(arrays);
    // An input alone takes 9 kB: one kept for each run would be 9 MB.
    await expect.poll(() => used() - before, patience).toBeLessThan(5e6);
    program.dispose();
  });

  test('webasm has weights in its own memory only, once it has run', async () => {
    const count = 2 ** 22;
    const x = input('x', [1]);
    const program = compile(
      { outputs: { y: add(x, constant({ data: seededValues(1, count), shape: [count] })) } },
      backends.webasm!,
    );
    const before = used();
    await program.run({ x: { data: [1], shape: [1] } });
    // A copy of the weights takes 16 MB. Memory that threads share does not count here.
    await expect.poll(() => used() - before, patience).toBeLessThan(8e6);
    program.dispose();
  });

  test.runIf(process.platform === 'linux')('dispose ends the threads', async () => {
    const before = threads();
    for (let i = 0; i < 4; i++) {
      const backend = await createGpuBackend('webasm');
      const [kept, freed] = [1, 2].map((factor) => compile({ outputs: { y: mul(features, factor) } }, backend));
      await kept!.run(arrays);
      await freed!.run(arrays);
      freed!.dispose();
      backend.dispose();
    }
    await expect.poll(threads, patience).toBeLessThanOrEqual(before + 1);
  });
});
