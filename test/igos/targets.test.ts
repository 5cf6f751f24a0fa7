import {
  add,
  referenceBackend as backend,
  compile,
  constant,
  input,
  matmul,
  reshape,
  type Shape,
  softmax,
  type Tensor,
} from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import fc from 'fast-check';
import {
  createMaskProblem,
  NotFiniteError,
  OptionError,
  parseTarget,
  rankClasses,
  type ScoredModel,
  scoreOfModel,
  type Target,
  TargetError,
  topClass,
} from 'igos';
import { describe, expect, test } from 'vitest';
import { editDistance } from '../../packages/igos/src/score/nearest.ts';
import { array } from '../support/igos-toys.ts';
import { seededValues } from '../support/seeded.ts';

const animals = ['cat, domestic cat', 'Dog', 'goldfish', 'crane', 'lemur', 'crane', '3:1', '7'];

describe('a target as text', () => {
  test.each([
    ['3', { kind: 'index', index: 3 }],
    [' 3 ', { kind: 'index', index: 3 }],
    ['Dog', { kind: 'index', index: 1 }],
    ['dog', { kind: 'index', index: 1 }],
    ['domestic cat', { kind: 'index', index: 0 }],
    ['cat, domestic cat', { kind: 'index', index: 0 }],
    ['CAT, Domestic cat', { kind: 'index', index: 0 }],
    ['label:7', { kind: 'index', index: 7 }],
    ['label:goldfish', { kind: 'index', index: 2 }],
    ['3:1', { kind: 'index', index: 6 }],
    [
      'index:3-5',
      {
        kind: 'weighted',
        terms: [
          { index: 3, weight: 1 },
          { index: 5, weight: -1 },
        ],
      },
    ],
    [
      '3:1,5:-0.5',
      {
        kind: 'weighted',
        terms: [
          { index: 3, weight: 1 },
          { index: 5, weight: -0.5 },
        ],
      },
    ],
    ['2:1e-3', { kind: 'weighted', terms: [{ index: 2, weight: 1e-3 }] }],
  ] as [string, Target][])('%s', (text, target) => {
    expect(parseTarget(text, animals)).toEqual(target);
  });

  test.each([
    ['goldfsh', "no class is labelled 'goldfsh'; the nearest is 'goldfish'"],
    ['domestc cat', "the nearest is 'cat, domestic cat'"],
    ['label:lemurs', "the nearest is 'lemur'"],
    ['crane', "'crane' names classes 3 and 5: give the number of one of them"],
    ['8', 'class 8 does not exist: the output has 8, numbered 0 to 7'],
    ['-1', 'class -1 does not exist'],
    ['index:3-9', 'class 9 does not exist'],
    ['index:3', 'a difference of two classes is written index:3-5'],
    ['2:1,3:x', "classes with weights are written 3:1,5:-0.5, got '3:x'"],
    ['2:1,3:', 'classes with weights'],
    ['', "no class is labelled ''"],
  ])('%s is refused in one line', (text, message) => {
    expect(() => parseTarget(text, animals)).toThrow(TargetError);
    expect(() => parseTarget(text, animals)).toThrow(message);
  });

  test.each([
    ['goldfsh', { kind: 'unknown-label', wanted: 'goldfsh', nearest: 'goldfish' }],
    ['crane', { kind: 'ambiguous-label', wanted: 'crane', classes: [3, 5] }],
    ['8', { kind: 'no-such-class', index: 8, classes: 8 }],
    ['index:3', { kind: 'unreadable', text: 'index:3' }],
    ['2:1,3:x', { kind: 'unreadable', text: '3:x' }],
    ['2:1,3:1e999', { kind: 'unreadable', text: '3:1e999' }],
  ])('what is wrong with %s is told as data, too', (text, fault) => {
    const refused = expect(() => parseTarget(text, animals));
    refused.toThrow(expect.objectContaining({ fault }));
  });

  test('without labels a number is needed', () => {
    expect(parseTarget('12')).toEqual({ kind: 'index', index: 12 });
    expect(() => parseTarget('cat')).toThrow('this model has no labels');
    expect(() => parseTarget('cat')).toThrow(expect.objectContaining({ fault: { kind: 'no-labels', wanted: 'cat' } }));
    expect(() => parseTarget('12', [], 10)).toThrow('class 12 does not exist');
  });

  test('never anything but a target or a TargetError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:,.indexlabe-]{0,12}$/)), (text) => {
        try {
          expect(['index', 'weighted']).toContain(parseTarget(text, animals).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(TargetError);
        }
      }),
    );
  });
});

test.each([
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['goldfishes', 'goldfish', 2],
  ['goldfish', 'goldfishes', 2],
  ['same', 'same', 0],
])('%s is as many edits from %s as it takes: %i', (a, b, edits) => expect(editDistance(a, b)).toBe(edits));

/** Two outputs: a softmax over three classes, and a raw map `[n, 2, 2]` of the same numbers. */
function twoHeads(weights = seededValues(1, 12, [-2, 2])): ScoredModel {
  const logitsOf = (images: Tensor) =>
    matmul(reshape(images, [images.shape[0]!, 4]), constant({ data: weights, shape: [4, 3] }));
  return {
    name: 'two heads',
    outputs: [
      { name: 'classes', shape: [null, 3] },
      { name: 'map', shape: [null, 2, 2] },
    ],
    apply: (images) => ({
      classes: softmax(logitsOf(images as Tensor)),
      map: reshape(images as Tensor, [(images as Tensor).shape[0]!, 2, 2]),
    }),
    logits: (outputs, name) => (name === 'classes' ? outputs.classes!.inputs[0] : undefined),
  };
}

const image = array([2, 2, 1], [0.3, 0.9, -0.4, 0.1]);

async function scoreAt(shape: Shape, options: Parameters<typeof scoreOfModel>[1], model = twoHeads()) {
  const images = input('images', [1, ...shape]);
  const score = scoreOfModel(model, options)(images);
  const program = compile({ inputs: [images], outputs: { score } }, backend);
  const result = await program.run({ images: { data: image.data, shape: images.shape } });
  return result.score!.data[0]!;
}

describe('the score of a model', () => {
  const index = (i: number): Target => ({ kind: 'index', index: i });
  const logits = [0, 1, 2].map((column) =>
    image.data.reduce((sum, value, row) => sum + value * seededValues(1, 12, [-2, 2])[row * 3 + column]!, 0),
  );
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const probabilities = logits.map((logit) => Math.exp(logit) / total);

  test.each([0, 1, 2])('is the probability of class %i', async (i) => {
    expect(await scoreAt([2, 2, 1], { target: index(i) })).toBeCloseTo(probabilities[i]!, 12);
  });

  test('is the logit when asked for', async () => {
    expect(await scoreAt([2, 2, 1], { target: index(1), score: 'logit' })).toBeCloseTo(logits[1]!, 12);
  });

  test('is the weighted sum of several', async () => {
    const target = parseTarget('0:1,2:-0.5', [], 3);
    const expected = (values: number[]) => values[0]! - 0.5 * values[2]!;
    expect(await scoreAt([2, 2, 1], { target })).toBeCloseTo(expected(probabilities), 12);
    expect(await scoreAt([2, 2, 1], { target, score: 'logit' })).toBeCloseTo(expected(logits), 12);
  });

  test('of another output counts through its entries; it has no probability', async () => {
    const map = { target: index(2), output: 'map' };
    expect(await scoreAt([2, 2, 1], { ...map, score: 'logit' })).toBeCloseTo(image.data[2]!, 14);
    await expect(scoreAt([2, 2, 1], map)).rejects.toThrow(OptionError);
    await expect(scoreAt([2, 2, 1], map)).rejects.toThrow('explain its logit instead');
  });

  test('needs an output and a class that exist', async () => {
    expect(() => scoreOfModel(twoHeads(), { target: index(0), output: 'boxes' })).toThrow(
      "two heads has no output 'boxes'; it has classes, map",
    );
    await expect(scoreAt([2, 2, 1], { target: index(3) })).rejects.toThrow('numbered 0 to 2');
  });

  test('keeps its gradient in float32 where the class leads by a logit of 20', async () => {
    const leading = new Float64Array(12).fill(0);
    leading[0] = 20; // the first pixel alone makes the first logit
    const model = twoHeads(leading);
    const white = array([2, 2, 1], [1, 0, 0, 0]);
    const problem = createMaskProblem({
      score: scoreOfModel(model, { target: index(0) }),
      image: white,
      baseline: array([2, 2, 1], () => 0),
      backend: await createGpuBackend('cpu'),
    });
    const { gradient } = await problem.imageGradient(white);
    const others = 2 * Math.exp(-20);
    expect(gradient.data[0]! / (20 * others)).toBeCloseTo(1, 3);
  });
});

describe('the top class', () => {
  test('is the one with the largest probability', async () => {
    const top = await topClass(twoHeads(), image, { backend });
    const logit = await scoreAt([2, 2, 1], { target: { kind: 'index', index: top.index } });
    expect(top.probability).toBeCloseTo(logit, 12);
    for (const index of [0, 1, 2]) {
      expect(await scoreAt([2, 2, 1], { target: { kind: 'index', index } })).toBeLessThanOrEqual(top.probability);
    }
  });

  test('takes the first of equals', () => {
    expect(rankClasses([0.2, 0.4, 0.4]).map(({ index }) => index)).toEqual([1, 2, 0]);
  });

  test('needs a backend that is there', async () => {
    for (const options of [undefined, {}, { backend: 'wasm' }]) {
      await expect(topClass(twoHeads(), image, options as never)).rejects.toThrow(OptionError);
    }
    await expect(topClass(twoHeads(), image, {} as never)).rejects.toThrow('createWasmBackend() or referenceBackend');
  });

  test('needs classes, and numbers', async () => {
    await expect(topClass(twoHeads(), image, { backend, output: 'map' })).rejects.toThrow('not classes');
    const broken: ScoredModel = {
      ...twoHeads(),
      apply: (images) => ({ classes: add(reshape(images as Tensor, [1, 4]), Number.NaN) }),
      logits: () => undefined,
    };
    await expect(topClass(broken, image, { backend })).rejects.toThrow(NotFiniteError);
  });
});
