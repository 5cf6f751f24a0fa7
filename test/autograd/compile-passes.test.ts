import {
  add,
  broadcastTo,
  compile,
  constant,
  constantValue,
  conv2d,
  conv2dTranspose,
  dense,
  depthwiseConv2d,
  div,
  exp,
  gradient,
  input,
  matmul,
  mul,
  neg,
  relu,
  reshape,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
  transpose,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { evaluateGraph } from '../support/evaluate-graph.ts';
import { vector } from '../support/numbers.ts';
import { chainOf, fusing, opsOf, plain, planOf } from '../support/plans.ts';
import { seededValues } from '../support/seeded.ts';
import { constantNorm, weight } from '../support/small-nets.ts';

const image = input('image', [1, 5, 6, 3]);
const filter = input('filter', [1, 1, 3, 4]);
const x = input('x', [2, 3]);
const x3 = input('x3', [2, 3, 4]);
const conv = (from: Tensor, seed = 1) => conv2d(from, weight(seed, [3, 3, from.shape[3]!, 4]), { padding: 'same' });

describe('batch normalization with constant statistics', () => {
  test('goes into the filter of the convolution before it', () => {
    const plan = planOf({ y: relu(constantNorm(conv(image), 2)) });
    expect(opsOf(plan)).toEqual(['conv2d']);
    expect(chainOf(plan.steps[0]!)).toEqual(['add', 'greater', 'select']);
  });

  test('goes into the filter with the bias of the convolution', () => {
    const biased = add(conv(image), weight(9, [4]));
    expect(planOf({ y: constantNorm(biased, 2) }).steps.map(chainOf)).toEqual([['add']]);
  });

  test('goes into depthwise filters with a multiplier, and into dense kernels', () => {
    const deep = depthwiseConv2d(image, weight(1, [3, 3, 3, 2]), { padding: 'same' });
    const [repeated, convolved, ...rest] = planOf({ y: constantNorm(deep, 2) }).steps;
    expect([repeated!.op, convolved!.op, rest]).toEqual(['broadcast', 'depthwiseConv2d', []]);
    expect([repeated!, convolved!].map(chainOf)).toEqual([[], ['add']]);
    expect(planOf({ y: constantNorm(dense(x, weight(1, [3, 4])), 2) }).steps.map(chainOf)).toEqual([['add']]);
  });

  test('leaves no trace in the gradient either', () => {
    const [slope] = gradient(relu(constantNorm(conv(image), 2)), [image]);
    const plan = planOf({ slope });
    expect(opsOf(plan)).toEqual(['conv2d', 'conv2dInputGrad']);
    expect(plan.steps.flatMap(chainOf)).not.toContain('mul');
  });

  test('stays where another op reads the convolution, which is not computed twice', () => {
    const raw = conv(image);
    const outputs = { raw, scaled: mul(add(raw, weight(9, [4])), weight(10, [4])) };
    expect(opsOf(planOf(outputs)).filter((op) => op === 'conv2d')).toHaveLength(1);
  });

  test('gives the same numbers in whatever order scale and shift come', async () => {
    const [k, b, whole] = [weight(5, [4]), weight(6, [4]), 0.7];
    const variants = {
      scale: mul(conv(image), k),
      scaleOnTheLeft: mul(k, conv(image)),
      shiftScale: mul(add(conv(image), b), k),
      scaleShiftScale: mul(add(mul(conv(image), k), b), k),
      wholeNumber: mul(conv(image), whole),
      scaleTwice: mul(mul(conv(image), k), whole),
      perRow: mul(conv(image), weight(7, [6, 1])),
      perRowOfAsManyColumnsAsChannels: mul(
        conv2d(image, weight(1, [3, 3, 3, 4]), { padding: 'valid' }),
        weight(7, [4, 1]),
      ),
      perPixel: mul(conv(image), weight(7, [1, 5, 6, 1])),
      perEverything: mul(conv(image), weight(8, [1, 5, 6, 4])),
      filterThatIsComputed: mul(conv2d(image, square(filter), { padding: 'same' }), k),
      divided: div(conv(image), k),
      transposedKernel: mul(matmul(x, weight(11, [3, 3]), { transposeB: true }), weight(12, [3])),
      transposedConvolution: mul(
        conv2dTranspose(image, weight(13, [2, 2, 3, 3]), { padding: 'same', outputShape: image.shape }),
        weight(14, [3]),
      ),
    };
    await expectSame(variants);
    const slopes = Object.entries(variants).map(([name, y]) => [name, gradient(y, [image])[0]!] as const);
    await expectSame(Object.fromEntries(slopes));
  });
});

describe('constants', () => {
  test('are computed before the run', () => {
    const weights = add(vector(1, 2, 3), mul(vector(1, 1, 1), 10));
    const plan = planOf({ y: mul(x, exp(weights)) });
    expect(opsOf(plan)).toEqual(['elementwise']);
    const { constant: folded } = plan.values.find(({ source }) => source === 'constant')!;
    expect(constantValue(folded!)?.data).toEqual(Float64Array.of(Math.exp(11), Math.exp(12), Math.exp(13)));
  });

  test('stay small where a repetition would make them large', () => {
    const large = add(add(constant(2), vector(1)), constant({ data: [0, 0], shape: [2, 1] }));
    const plan = planOf({ y: mul(input('wide', [2, 1000]), large) });
    for (const { source, shape } of plan.values) {
      if (source === 'constant') expect(sizeOf(shape)).toBeLessThanOrEqual(2);
    }
  });

  test('become numbers in the chain where they are one number', () => {
    const [step] = planOf({ y: add(mul(x, 2), 3) }).steps;
    expect(step!.inputs).toHaveLength(1);
    expect(step!.chain!.operands.filter(({ kind }) => kind === 'literal')).toHaveLength(2);
  });

  test('keep the form of their file: stored bytes are reshaped, not decoded', () => {
    const stored = constant({
      shape: [2, 3],
      dtype: 'uint8',
      bytes: Uint8Array.of(0, 1, 2, 3, 4, 5),
      scale: 0.5,
      min: -1,
    });
    const plan = planOf({ y: dense(x, reshape(stored, [3, 2])) });
    const { constant: kernel } = plan.values.find(({ source }) => source === 'constant')!;
    expect(kernel!.attrs.source).toMatchObject({ dtype: 'uint8', scale: 0.5, min: -1, shape: [3, 2] });
    expect(constantValue(kernel!)?.data).toEqual(Float32Array.of(-1, -0.5, 0, 0.5, 1, 1.5));
  });

  test('alone make an output', async () => {
    const program = compile({ outputs: { y: square(vector(1, 2, 3)) } }, fusing);
    expect(program.plan.steps).toEqual([]);
    expect((await program.run({})).y.data).toEqual(Float64Array.of(1, 4, 9));
  });

  test.each(['elementwise', 'through a matrix'])('fold alike for one image and for many: %s', (kind) => {
    const weights = constant({ data: seededValues(5, 12), shape: [4, 3] });
    const stepsFor = (batch: number) => {
      const images = input('images', [batch, 4]);
      const scores = kind === 'elementwise' ? mul(images, 3) : matmul(images, weights);
      const [slope] = gradient(scores, [images], { seed: broadcastTo(constant(2), scores.shape) });
      return planOf({ slope: mul(slope, slope), sum: sum(scores) }).steps.map(({ op, chain }) => [
        op,
        chain?.instructions,
      ]);
    };
    expect(stepsFor(1)).toEqual(stepsFor(4));
  });
});

describe('what changes nothing takes no step', () => {
  test.each<[string, Tensor]>([
    ['x + 0', add(x, 0)],
    ['0 + x', add(0, x)],
    ['x − 0', sub(x, 0)],
    ['x · 1', mul(1, mul(x, 1))],
    ['x / 1', div(x, 1)],
    ['−(−x)', neg(neg(x))],
    ['0 − (−x)', sub(0, neg(x))],
    ['a transpose of a transpose', transpose(transpose(x, [1, 0]), [1, 0])],
    ['a reshape of a reshape', reshape(reshape(x, [3, 2]), [2, 3])],
    ['stopGradient', stopGradient(x)],
  ])('%s', (_, y) => {
    expect(planOf({ y }, plain).steps).toEqual([]);
  });

  test('transposes of three axes are joined in the right order', async () => {
    const y = transpose(transpose(x3, [1, 2, 0]), [0, 2, 1]);
    expect(opsOf(planOf({ y }))).toEqual(['transpose']);
    await expectSame({ y });
  });

  test('but one negation does', () => {
    expect(opsOf(planOf({ y: neg(x) }, plain))).toEqual(['neg']);
  });

  test('constants on both sides are joined', () => {
    expect(planOf({ y: mul(mul(mul(x, 2), vector(1, 2, 3)), 5) }).steps.map(chainOf)).toEqual([['mul']]);
    expect(planOf({ y: add(add(x, vector(1, 2, 3)), 5) }).steps.map(chainOf)).toEqual([['add']]);
  });
});

/** Compiled, with and without fusing, every output has the value that its graph has node by node. */
async function expectSame(outputs: Record<string, Tensor>): Promise<void> {
  const inputs = [image, filter, x, x3];
  const arrays = Object.fromEntries(
    inputs.map(({ attrs, shape }, i) => [attrs.name, { data: seededValues(i, sizeOf(shape)), shape }]),
  );
  const expected = evaluateGraph(outputs, arrays);
  for (const backend of [fusing, plain]) {
    const results = await compile({ inputs, outputs }, backend).run(arrays);
    for (const [name, array] of Object.entries(expected)) {
      expect(relativeDifference(results[name]!, array), `${name} on ${backend.name}`).toBeLessThan(1e-13);
    }
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
