import * as ag from '@igos/autograd';
import { folderReader, startThreads } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { findBlocks } from '../../packages/autograd/src/backends/wasm/lower/bands/find-blocks.ts';
import {
  type BandedStep,
  scheduleBands,
  windowRows,
} from '../../packages/autograd/src/backends/wasm/lower/bands/schedule.ts';
import { keepConditions } from '../../packages/autograd/src/backends/wasm/lower/conditions.ts';
import { planInterpreter } from '../support/plan-interpreter.ts';
import { seededValues } from '../support/seeded.ts';
import { constantNorm, weight } from '../support/small-nets.ts';
import { runOn } from '../support/wasm-compare.ts';

const whole = ag.createWasmBackend({ multiplyAdd: false, poison: true, cacheBytes: Number.POSITIVE_INFINITY });
const banded = ag.createWasmBackend({ multiplyAdd: false, poison: true, cacheBytes: 600 });
const threaded = ag.createWasmBackend({
  ...{ multiplyAdd: false, poison: true, cacheBytes: 600 },
  ...{ threads: 3, startThreads, splitFrom: 0 },
});
afterAll(() => [whole, banded, threaded].forEach((backend) => void backend.dispose()));

const fused = planInterpreter({ fuses: true });

/** The blocks that a program for one image is run in. */
function blocksOf(outputs: Record<string, ag.Tensor>, cacheBytes: number) {
  const { plan } = ag.compile({ outputs }, fused);
  return { plan, blocks: findBlocks(plan, keepConditions(plan).steps, cacheBytes) };
}

interface BlockShape {
  readonly size: readonly [number, number];
  readonly taps: number;
  readonly stride: 1 | 2;
  readonly dilation: 1 | 2;
  readonly padding: 'same' | 'valid';
  readonly residual: boolean;
}

/** Inverted residual blocks, one after the other. */
function blocks(image: ag.Tensor, shapes: readonly Omit<BlockShape, 'size'>[]): ag.Tensor {
  let x = image;
  for (const [i, { taps, stride, dilation, padding, residual }] of shapes.entries()) {
    const channels = x.shape[3]!;
    const seed = 100 * i;
    const wide = ag.relu6(
      constantNorm(ag.conv2d(x, weight(seed, [1, 1, channels, 8]), { padding: 'valid' }), seed + 1),
    );
    const strides = dilation > 1 ? 1 : stride;
    const deep = ag.relu6(
      constantNorm(
        ag.depthwiseConv2d(wide, weight(seed + 9, [taps, taps, 8, 1]), { padding, strides, dilations: dilation }),
        seed + 10,
      ),
    );
    const narrow = ag.conv2d(deep, weight(seed + 19, [1, 1, 8, channels]), { padding: 'valid' });
    x = residual && narrow.shape.join() === x.shape.join() ? ag.add(x, narrow) : narrow;
  }
  return x;
}

const side = fc.integer({ min: 9, max: 23 });
const blockShape = fc.record({
  taps: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1 as const, 2 as const),
  dilation: fc.constantFrom(1 as const, 2 as const),
  padding: fc.constantFrom('same' as const, 'valid' as const),
  residual: fc.boolean(),
});

describe('bands of rows', () => {
  test('give the bytes of whole images, forward and backward, on one thread and on several', async () => {
    let banding = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(side, side),
        fc.array(blockShape, { minLength: 1, maxLength: 3 }),
        async (size, shapes) => {
          const image = ag.input('image', [1, ...size, 3]);
          let features: ag.Tensor;
          try {
            features = blocks(ag.conv2d(image, weight(7, [3, 3, 3, 4]), { padding: 'same' }), shapes);
          } catch (error) {
            if (error instanceof ag.ShapeError) return; // the image became smaller than a window
            throw error;
          }
          const score = ag.sum(ag.square(ag.globalAveragePool(features)));
          const outputs = { features, score, slope: ag.gradient(score, [image])[0]! };
          banding += blocksOf(outputs, 600).blocks.length;
          const arrays = { image: { data: seededValues(3, size[0] * size[1] * 3), shape: image.shape } };
          const graph = { inputs: [image], outputs, arrays };
          const expected = await runOn(whole, graph);
          expect(await runOn(banded, graph)).toEqual(expected);
          expect(await runOn(threaded, graph)).toEqual(expected);
        },
      ),
      { numRuns: 60, seed: 11 },
    );
    expect(banding).toBeGreaterThan(100);
  });

  test('pass through elementwise steps and full convolutions', async () => {
    const image = ag.input('image', [1, 15, 14, 2]);
    const bent = ag.softmax(ag.tanh(ag.conv2d(image, weight(1, [3, 3, 2, 4]), { padding: 'same', strides: 2 })));
    const again = ag.tanh(ag.conv2d(ag.add(ag.exp(bent), 1), weight(2, [3, 5, 4, 4]), { padding: 'same' }));
    const outputs = { again, slope: ag.gradient(ag.sum(ag.square(again)), [image])[0]! };
    const arrays = { image: { data: seededValues(4, 420), shape: image.shape } };
    const graph = { inputs: [image], outputs, arrays };
    expect(blocksOf(outputs, 300).blocks.length).toBeGreaterThan(1);
    expect(await runOn(banded, graph)).toEqual(await runOn(whole, graph));
  });

  test('are not cut where a value is wanted whole, read twice or looked at in another shape', () => {
    const image = ag.input('image', [1, 30, 30, 4]);
    const first = ag.relu6(ag.conv2d(image, weight(1, [1, 1, 4, 8]), { padding: 'valid' }));
    const second = ag.conv2d(first, weight(2, [3, 3, 8, 4]), { padding: 'same' });
    const links = (outputs: Record<string, ag.Tensor>) => blocksOf(outputs, 5000).blocks;
    expect(links({ second })).toHaveLength(1);
    expect(links({ first, second })).toEqual([]);
    expect(links({ second, twice: ag.conv2d(first, weight(3, [1, 1, 8, 4]), { padding: 'valid' }) })).toEqual([]);
    expect(links({ second, flat: ag.matmul(ag.reshape(first, [900, 8]), weight(4, [8, 2])) })).toEqual([]);
    const pair = ag.input('pair', [2, 30, 30, 4]);
    const batched = ag.conv2d(
      ag.relu6(ag.conv2d(pair, weight(1, [1, 1, 4, 8]), { padding: 'valid' })),
      weight(2, [3, 3, 8, 4]),
      { padding: 'same' },
    );
    expect(links({ batched })).toEqual([]);
  });
});

test('EfficientNet-Lite0 is run in bands where images are large, in less memory, with the same gradient', async () => {
  const model = await loadModel(folderReader(new URL('../../models/efficientnet-lite0/', import.meta.url).pathname));
  const image = ag.input('image', [1, 224, 224, 3]);
  const score = ag.classProbability(model.apply(image).logits!, 235);
  const outputs = { score, slope: ag.gradient(score, [image])[0]! };
  const { plan, blocks: found } = blocksOf(outputs, 768 * 1024);
  const rows = found.map(({ last }) => plan.steps[last]!.shape[1]!);
  expect(found.length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...rows)).toBe(224);
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(14);

  const data = seededValues(5, 224 * 224 * 3, [-1, 1]);
  const run = async (cacheBytes: number) => {
    const backend = ag.createWasmBackend({ multiplyAdd: false, cacheBytes });
    const program = ag.compile({ inputs: [image], outputs }, backend);
    const result = await program.run({ image: { data, shape: image.shape } });
    const bytes = backend.memoryBytes!();
    backend.dispose();
    return { result, bytes };
  };
  const [inBands, atOnce] = [await run(768 * 1024), await run(Number.POSITIVE_INFINITY)];
  expect(inBands.result).toEqual(atOnce.result);
  expect(inBands.bytes).toBeLessThan(atOnce.bytes - 3e6);
});

describe('a schedule', () => {
  const link = fc.record({
    taps: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 2 }),
    transposed: fc.boolean(),
  });

  /** Steps of which each reads the rows under a window, or those whose windows a row is under. */
  const chains = fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.array(link, { minLength: 1, maxLength: 4 }))
    .map(([last, links]) => {
      const steps: BandedStep[] = [{ height: last, rowBytes: 0 }];
      for (const { taps, stride, before, transposed } of links) {
        const next = steps[0]!.height;
        const height = transposed ? Math.ceil(next / stride) : Math.max(1, (next - 1) * stride + taps - before);
        steps.unshift({
          ...{ height, rowBytes: 10 },
          readByNext: ({ from, to }) =>
            transposed
              ? { from: Math.ceil((from + before - taps + 1) / stride), to: Math.floor((to - 1 + before) / stride) + 1 }
              : { from: from * stride - before, to: (to - 1) * stride - before + taps },
        });
      }
      return steps;
    });

  test('computes every row once, in order, before it is read and while it is in the window', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 0, max: 400 }), (steps, mostBytes) => {
        const schedule = scheduleBands(steps, mostBytes);
        for (const [i, { height, readByNext }] of steps.entries()) {
          let computed = 0;
          let start = Number.NEGATIVE_INFINITY;
          for (const parts of schedule) {
            const { rows, window } = parts[i]!;
            expect(rows.from).toBe(computed);
            computed = rows.to;
            expect(window.from).toBeGreaterThanOrEqual(start);
            start = window.from;
            expect([window.from <= rows.from, window.to >= rows.to]).toEqual([true, true]);
            const next = parts[i + 1]?.rows;
            if (!readByNext || !next || next.from === next.to) continue;
            const read = readByNext(next);
            expect(Math.min(read.to, height)).toBeLessThanOrEqual(computed);
            expect(read.from).toBeGreaterThanOrEqual(window.from);
            expect(read.to).toBeLessThanOrEqual(window.to);
          }
          expect(computed).toBe(height);
        }
      }),
    );
  });

  test('has the tallest bands whose windows fit, and single rows where none do', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 0, max: 400 }), (steps, mostBytes) => {
        const schedule = scheduleBands(steps, mostBytes);
        const bytes = steps.slice(0, -1).reduce((sum, { rowBytes }, i) => sum + rowBytes * windowRows(schedule, i), 0);
        expect(bytes <= mostBytes || schedule.length >= steps.at(-1)!.height).toBe(true);
        if (schedule.length > 1) expect(scheduleBands(steps, Number.POSITIVE_INFINITY)).toHaveLength(1);
      }),
    );
  });
});
