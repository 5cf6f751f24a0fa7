import * as ag from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { planInterpreter } from '../support/plan-interpreter.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';
import { errorOf } from '../support/wasm-compare.ts';

const wasm = ag.createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => wasm.dispose());
const backends: readonly { readonly backend: ag.Backend; readonly tolerance: number }[] = [
  { backend: ag.referenceBackend, tolerance: 1e-12 },
  { backend: planInterpreter({ fuses: true }), tolerance: 1e-12 },
  { backend: wasm, tolerance: 1e-5 },
];

const turns = 5;
const shape = [1, 9, 10, 3];
const base = ag.constant({ data: seededValues(3, 270, [-1, 1]), shape });
const mask = ag.input('mask', [1, 4, 5, 1]);
const scale = ag.input('scale', [1]);
const weight = ag.input('weight', [1]);
const key = ag.input('key', [4]);

/** A path gradient in small: images between nothing and `base`, with noise, and the slope of a network's score by the mask. */
function pathGraph(score: (images: ag.Tensor) => ag.Tensor): Record<'score' | 'slope' | 'image', ag.Tensor> {
  const whole = ag.resizeBilinear(mask, [9, 10], { coordinates: 'alignCorners' });
  const keep = ag.mul(whole, ag.reshape(scale, [1, 1, 1, 1]));
  const noise = ag.randomNormal(key, { shape, deviation: 0.1 });
  const image = ag.add(ag.mul(keep, base), noise);
  const value = score(image);
  // With the scale in the seed, what is left to do for the mask is linear and the same in every turn.
  const [slope] = ag.gradient(value, [keep], { seed: ag.mul(weight, scale) });
  return { score: value, slope: ag.gradient(whole, [mask], { seed: slope! })[0]!, image };
}

const scores: Record<string, (images: ag.Tensor) => ag.Tensor> = {
  residual: (images) => ag.sum(ag.square(residualNet(images).logits), { axes: [1] }),
  branching: (images) => ag.sum(branchingNet(images).y, { axes: [1] }),
};

const each = [scale, weight, key];
const single = { mask: { data: seededValues(4, 20, [0, 1]), shape: mask.shape } };
const perTurn = Array.from({ length: turns }, (_, i) => ({
  scale: { data: [(i + 1) / turns], shape: [1] },
  weight: { data: [0.3 * i - 0.5], shape: [1] },
  key: ag.randomKey(1, i),
}));

function stacked(count: number) {
  const stack = (name: 'scale' | 'weight' | 'key', size: number) => ({
    data: perTurn.slice(0, count).flatMap((arrays) => Array.from(arrays[name].data)),
    shape: [count, size],
  });
  return { ...single, scale: stack('scale', 1), weight: stack('weight', 1), key: stack('key', 4) };
}

/** What a loop should give: runs of the graph without a loop on `reference`, put side by side or added up. */
async function expectedOf(outputs: ReturnType<typeof pathGraph>, count: number) {
  const program = ag.compile({ inputs: [mask, ...each], outputs }, ag.referenceBackend);
  const runs = await program.runAll(perTurn.slice(0, count).map((arrays) => ({ ...single, ...arrays })));
  const slope = new Float64Array(20);
  for (const run of runs) for (let i = 0; i < slope.length; i++) slope[i]! += run.slope.data[i]!;
  const side = (name: 'score' | 'image') => runs.flatMap((run) => Array.from(run[name].data));
  return { score: side('score'), image: side('image'), slope };
}

describe.each(backends)('a loop on $backend.name', ({ backend, tolerance }) => {
  test.each(Object.keys(scores))('adds up some outputs and stacks the others: %s', async (name) => {
    const outputs = pathGraph(scores[name]!);
    for (const hoist of [true, false]) {
      const loop = { each, sums: ['slope'] as const, turns, hoist };
      const program = ag.compile({ inputs: [mask, ...each], outputs, loop }, backend);
      for (const count of [turns, 1, 3, turns]) {
        const expected = await expectedOf(outputs, count);
        const results = await program.run(stacked(count));
        expect(results.score.shape).toEqual([count, 1]);
        expect(results.image.shape).toEqual([count, ...shape]);
        expect(results.slope.shape).toEqual(mask.shape);
        for (const output of ['score', 'image', 'slope'] as const) {
          expect(errorOf(results[output].data, expected[output]), output).toBeLessThan(tolerance);
        }
      }
      program.dispose();
    }
  });

  test('does what does not vary once, and adds up before what is linear', async () => {
    const { plan } = ag.compile(
      { inputs: [mask, ...each], outputs: pathGraph(scores.residual!), loop: { each, sums: ['slope'], turns } },
      backend,
    );
    const { first, end } = plan.loop!;
    const ops = (from: number, to: number) => plan.steps.slice(from, to).map(({ op }) => op);
    expect(ops(0, first)).toContain('resize');
    expect(ops(first, end)).not.toContain('resize');
    // The transposes of the mask's upsampling and of the first convolution are linear in what the loop leaves.
    expect(ops(first, end)).toContain('conv2d');
    expect(ops(end, plan.steps.length)).toEqual(expect.arrayContaining(['conv2dInputGrad', 'resizeTranspose']));
    expect(ops(first, end).filter((op) => op === 'accumulate')).toHaveLength(1);
    const [total] = plan.steps.filter(({ op }) => op === 'accumulate');
    expect(total!.shape).toEqual([1, 5, 5, 4]);
  });

  test('counts the multiply-adds of all turns', () => {
    const outputs = { score: scores.residual!(pathGraph(scores.residual!).image) };
    const alone = ag.compile({ inputs: [mask, ...each], outputs }, backend).plan.multiplyAdds;
    const looped = ag.compile({ inputs: [mask, ...each], outputs, loop: { each, turns: 4 } }, backend).plan;
    expect(looped.multiplyAdds).toBe(4 * alone);
  });

  test('gives several runs the results of one after the other', async () => {
    const loop = { each, sums: ['slope'] as const, turns };
    const program = ag.compile({ inputs: [mask, ...each], outputs: pathGraph(scores.residual!), loop }, backend);
    const begun: number[] = [];
    const runs = [5, 2, 4].map(stacked);
    const together = await program.runAll(runs, { before: (run) => void begun.push(run) });
    expect(begun).toEqual([0, 1, 2]);
    for (const [i, run] of runs.entries()) expect(together[i]).toEqual(await program.run(run));
    program.dispose();
  });

  test('begins no run after one that may not', async () => {
    const program = ag.compile({ outputs: { y: ag.square(scale) } }, backend);
    const runs = [1, 2, 3].map((value) => ({ scale: { data: [value], shape: [1] } }));
    const stop = program.runAll(runs, {
      before: (run) => {
        if (run === 1) throw new Error('enough');
      },
    });
    await expect(stop).rejects.toThrow('enough');
    expect((await program.run(runs[2]!)).y.data[0]).toBe(9);
    program.dispose();
  });
});

describe('what is added up', () => {
  const x = ag.input('x', [6, 5]);
  const fixed = ag.constant({ data: seededValues(9, 25), shape: [5, 5] });
  const other = ag.input('other', [6, 5]);
  const isPositive = ag.greater(other, 0);
  const sections = (outputs: Record<string, ag.Tensor>, sums: string[]) => {
    const { plan } = ag.compile(
      { inputs: [x, other], outputs, loop: { each: [x], sums, turns: 3 } },
      planInterpreter({ fuses: false }),
    );
    const { first, end } = plan.loop!;
    const names = plan.steps.map(({ op }) => op);
    return { turn: names.slice(first, end), after: names.slice(end) };
  };

  test.each<[string, ag.Tensor, string[]]>([
    ['a product with what stays', ag.matmul(ag.square(x), fixed), ['matmul']],
    ['a choice by what stays', ag.select(isPositive, ag.square(x), ag.neg(ag.square(x))), ['neg', 'select']],
    ['a difference', ag.sub(ag.matmul(ag.square(x), fixed), ag.square(x)), ['matmul', 'sub']],
  ])('%s is taken out of the loop', (_, y, expected) => {
    const { turn, after } = sections({ y }, ['y']);
    expect(after).toEqual(expected);
    expect(turn).not.toEqual(expect.arrayContaining(expected));
  });

  test.each<[string, ag.Tensor]>([
    ['a product of what varies', ag.matmul(ag.square(x), ag.matmul(fixed, ag.transpose(x, [1, 0])))],
    ['a choice by what varies', ag.select(ag.greater(x, 0), ag.square(x), ag.exp(x))],
    ['a shift by what stays', ag.add(ag.square(x), other)],
    ['a quotient by what varies', ag.div(other, ag.exp(x))],
  ])('%s stays in it', (_, y) => {
    expect(sections({ y }, ['y']).after).toEqual([]);
  });

  test('is not taken early where that makes more work: a small sum of a large array', () => {
    const { turn } = sections({ y: ag.sum(ag.square(x)) }, ['y']);
    expect(turn).toEqual(['mul', 'sum', 'accumulate']);
  });

  test('may be wanted of each turn as well', async () => {
    const y = ag.matmul(ag.square(x), fixed);
    const program = ag.compile(
      { inputs: [x], outputs: { y, total: y }, loop: { each: [x], sums: ['total'], turns: 2 } },
      ag.referenceBackend,
    );
    const data = seededValues(2, 60);
    const { y: values, total } = await program.run({ x: { data, shape: [2, 6, 5] } });
    for (let i = 0; i < 30; i++) expect(total.data[i]).toBeCloseTo(values.data[i]! + values.data[30 + i]!, 12);
  });
});

test.each([3, 7, 64, 100, 130, 9001])(
  'totals of %i values are right to the last, with a halo or without',
  async (width) => {
    const image = ag.input('image', [1, 3, width, 1]);
    const filter = ag.constant({ data: seededValues(5, 9), shape: [3, 3, 1, 1] });
    const spread = ag.conv2d(ag.exp(image), filter, { padding: 'same' });
    const loop = { each: [image], sums: ['plain', 'spread'] as const, turns: 3 };
    const outputs = { plain: ag.exp(image), spread };
    const arrays = { image: { data: seededValues(6, 9 * width), shape: [3, 1, 3, width, 1] } };
    const expected = await ag.compile({ inputs: [image], outputs, loop }, ag.referenceBackend).run(arrays);
    const program = ag.compile({ inputs: [image], outputs, loop }, wasm);
    const actual = await program.run(arrays);
    for (const name of ['plain', 'spread'] as const) {
      expect(errorOf(actual[name].data, expected[name].data), name).toBeLessThan(1e-6);
    }
    program.dispose();
  },
);

describe('a loop is refused', () => {
  const x = ag.input('x', [2]);
  const y = ag.input('y', [2]);
  const outputs = { z: ag.mul(x, y), w: ag.exp(y) };
  const compileLoop = (loop: ag.LoopRequest<'z' | 'w'>, backend: ag.Backend = ag.referenceBackend) =>
    ag.compile({ inputs: [x, y], outputs, loop }, backend);

  test.each<[string, ag.LoopRequest<'z' | 'w'>, string]>([
    ['without turns', { each: [x], turns: 0 }, 'a loop needs a whole number of turns, at least 1, got 0'],
    ['over what is no input', { each: [outputs.z], turns: 2 }, "'mul' is none"],
    ['over nothing', { each: [], turns: 2 }, 'a loop needs an input that differs from turn to turn'],
    ['that adds up what is no output', { each: [x], sums: ['q' as 'z'], turns: 2 }, "cannot add up 'q'"],
    [
      'that adds up what stays',
      { each: [x], sums: ['w'], turns: 2 },
      "cannot add up 'w': it is the same in every turn",
    ],
  ])('%s', (_, loop, message) => {
    expect(() => compileLoop(loop)).toThrow(message);
  });

  test('by a backend that has none', () => {
    const batching = { ...ag.referenceBackend, name: 'batching', loops: false };
    expect(() => compileLoop({ each: [x], turns: 2 }, batching)).toThrow(
      'backend batching runs no loops; give it a batch instead',
    );
  });

  test('with too many turns, or none, or as many as another input has not', async () => {
    const program = compileLoop({ each: [x], turns: 3 });
    const fixed = { y: { data: [1, 2], shape: [2] } };
    const run = (shape: number[]) =>
      program.run({ ...fixed, x: { data: new Float64Array(shape.reduce((a, b) => a * b, 1)), shape } });
    await expect(run([4, 2])).rejects.toThrow("input 'x' needs a first axis of 1 to 3 turns, got 4");
    await expect(run([0, 2])).rejects.toThrow("input 'x' needs a first axis of 1 to 3 turns, got 0");
    await expect(run([2])).rejects.toThrow("input 'x' needs shape [2, 2], got [2]");
    const both = compileLoop({ each: [x, y], turns: 3 });
    const arrays = { x: { data: [1, 2, 3, 4], shape: [2, 2] }, y: { data: [1, 2], shape: [1, 2] } };
    await expect(both.run(arrays)).rejects.toThrow("input 'y' needs shape [2, 2], got [1, 2]");
  });
});
