import {
  add,
  compile,
  defineComposite,
  dense,
  exp,
  gradient,
  greater,
  input,
  matmul,
  mul,
  prelu,
  type Rule,
  referenceBackend,
  relu,
  reshape,
  select,
  sign,
  square,
  stopGradient,
  sub,
  sum,
} from '@igos/autograd';
import { describe, expect, test, vi } from 'vitest';
import { matrix, numbers, vector } from '../support/numbers.ts';

const gradients = (...args: Parameters<typeof gradient>) => gradient(...args).map(numbers);

describe('gradient', () => {
  test('of several values is the gradient of their sum', () => {
    const x = vector(1, 2, 3);
    expect(gradients(square(x), [x])).toEqual([[2, 4, 6]]);
    expect(gradients(sum(square(x)), [x])).toEqual([[2, 4, 6]]);
  });

  test('multiplies by the seed', () => {
    const x = vector(1, 2, 3);
    expect(gradients(square(x), [x], { seed: vector(1, 0, -10) })).toEqual([[2, 0, -60]]);
  });

  test('refuses a seed of another shape than y', () => {
    const x = vector(1, 2, 3);
    expect(() => gradient(x, [x], { seed: vector(1, 2) })).toThrow('the seed needs shape [3], got [2]');
  });

  test('gives one tensor for each x, in their order', () => {
    const [a, b] = [vector(2), vector(5)];
    expect(gradients(mul(square(a), b), [b, a])).toEqual([[4], [20]]);
  });

  test('follows an x through another x that depends on it', () => {
    const a = vector(2);
    const b = square(a);
    expect(gradients(mul(a, b), [a, b])).toEqual([[12], [2]]);
  });

  test('takes the same x twice, and y itself', () => {
    const x = vector(3);
    const y = square(x);
    expect(gradients(y, [x, x, y])).toEqual([[6], [6], [1]]);
  });

  test('adds up all the ways from x to y', () => {
    const x = vector(3);
    expect(gradients(add(mul(x, x), add(x, mul(x, 4))), [x])).toEqual([[11]]);
  });

  test('is zero, with the shape of x, where y does not depend on x', () => {
    const [x, other] = [vector(1, 2), matrix([1, 2, 3])];
    const [slope] = gradient(x, [other]);
    expect(slope.shape).toEqual([1, 3]);
    expect(numbers(slope)).toEqual([0, 0, 0]);
  });

  test('is zero through a comparison', () => {
    const x = vector(-1, 1);
    expect(gradients(select(greater(x, 0), 5, 7), [x])).toEqual([[0, 0]]);
  });

  test('undoes broadcasting by adding up', () => {
    const [row, column] = [vector(1, 2, 3), matrix([10], [20])];
    expect(gradients(mul(row, column), [row, column])).toEqual([
      [30, 30, 30],
      [6, 6],
    ]);
  });

  test('can be differentiated again and again', () => {
    const x = vector(2);
    const cube = mul(x, square(x));
    const [first] = gradient(cube, [x]);
    const [second] = gradient(first, [x]);
    const [third] = gradient(second, [x]);
    expect([first, second, third].map(numbers)).toEqual([[12], [12], [6]]);
  });

  test('counts an input once that a composite is given twice', () => {
    const product = defineComposite<object>('product', ([a, b]) => mul(a!, b!));
    const x = vector(3, -2);
    expect(gradients(product([x, x], {}), [x])).toEqual([[6, -4]]);
    expect(gradients(prelu(x, x), [x])).toEqual([[1, -4]]);
  });

  test('treats the inputs of a composite as independent of each other', () => {
    const product = defineComposite<object>('product', ([a, b]) => mul(a!, b!));
    const x = vector(3);
    expect(gradients(product([x, exp(x)], {}), [x])[0]![0]).toBeCloseTo(4 * Math.exp(3), 12);
  });

  test('passes through a composite that is just its input', () => {
    const same = defineComposite<object>('same', ([x]) => x!);
    const x = vector(3);
    expect(gradients(square(same([x], {})), [x])).toEqual([[6]]);
  });
});

describe('stopGradient', () => {
  test('keeps the value and stops the derivative', () => {
    const x = vector(3, 4);
    expect(numbers(stopGradient(x))).toEqual([3, 4]);
    expect(gradients(mul(x, stopGradient(square(x))), [x])).toEqual([[9, 16]]);
    expect(gradients(stopGradient(x), [x])).toEqual([[0, 0]]);
  });
});

/** x → dense → relu → dense, with numbers small enough to work by hand. */
function smallNet() {
  const x = matrix([1, 2]);
  const hidden = matmul(x, matrix([1, -1, 2], [1, 1, -2])); // 3, 1, −2
  const y = dense(relu(hidden), matrix([1], [-3], [5]), vector(0.5));
  return { x, y };
}

/** Guided backpropagation (Springenberg et al. 2015): only positive gradients pass, and only where relu is on. */
const guided: Rule = ({ output }, grad) => [mul(relu(grad), select(greater(output, 0), 1, 0))];
/** DeconvNet (Zeiler and Fergus 2014): positive gradients pass wherever. */
const deconvolution: Rule = (_, grad) => [relu(grad)];

describe('rules', () => {
  test('leave the gradient alone when there are none', () => {
    const { x, y } = smallNet();
    // both active units: 1·[1, 1] − 3·[−1, 1]
    expect(gradients(y, [x])).toEqual([[4, -2]]);
  });

  test('replace the derivative of a composite: guided backpropagation', () => {
    const { x, y } = smallNet();
    // the second unit has a negative gradient, the third is off
    expect(gradients(y, [x], { rules: { relu: guided } })).toEqual([[1, 1]]);
  });

  test('replace the derivative of a composite: DeconvNet', () => {
    const { x, y } = smallNet();
    // the third unit passes its 5 although it is off
    expect(gradients(y, [x], { rules: { relu: deconvolution } })).toEqual([[11, -9]]);
  });

  test('hold for one gradient only', () => {
    const { x, y } = smallNet();
    gradient(y, [x], { rules: { relu: guided } });
    expect(gradients(y, [x])).toEqual([[4, -2]]);
  });

  test('replace the derivative of a primitive: straight through sign', () => {
    const x = vector(-3, 0.5);
    const y = mul(sign(x), vector(2, 7));
    expect(gradients(y, [x])).toEqual([[0, 0]]);
    expect(gradients(y, [x], { rules: { sign: (_, grad) => [grad] } })).toEqual([[2, 7]]);
  });

  test('reach composites inside composites', () => {
    const layer = defineComposite<object>('layer', ([x]) => relu(sub(x!, 1)));
    const block = defineComposite<object>('block', ([x]) => mul(layer([x!], {}), 2));
    const x = vector(0, 3);
    const y = block([x], {});
    expect(gradients(y, [x])).toEqual([[0, 2]]);
    expect(gradients(y, [x], { rules: { relu: (_, grad) => [mul(grad, 10)] } })).toEqual([[20, 20]]);
  });

  test('of the outer composite win over those of what it is made of', () => {
    const layer = defineComposite<object>('layer', ([x]) => relu(sub(x!, 1)));
    const x = vector(0, 3);
    const rules: Record<string, Rule> = { layer: (_, grad) => [mul(grad, 7)], relu: () => [null] };
    expect(gradients(layer([x], {}), [x], { rules })).toEqual([[7, 7]]);
  });

  test('see the inputs, the output and the attributes of the node', () => {
    const scale = defineComposite<{ by: number }>('scale', ([x], { by }) => mul(x!, by));
    const x = vector(2);
    const y = scale([x], { by: 5 });
    const rule = vi.fn<Rule>((_, grad) => [grad]);
    gradient(y, [x], { rules: { scale: rule } });
    expect(rule.mock.calls.map(([node]) => node)).toEqual([{ inputs: [x], output: y, attrs: { by: 5 } }]);
  });

  test('may let nothing flow', () => {
    const { x, y } = smallNet();
    expect(gradients(y, [x], { rules: { relu: () => [null] } })).toEqual([[0, 0]]);
  });

  test('must return a gradient of the shape of each input', () => {
    const { x, y } = smallNet();
    const wrongShape: Rule = (_, grad) => [sum(grad)];
    expect(() => gradient(y, [x], { rules: { relu: wrongShape } })).toThrow(
      'the derivative of relu by input 0 needs shape [1, 3], got []',
    );
  });

  test('must return one gradient for each input', () => {
    const { x, y } = smallNet();
    const rules: Record<string, Rule> = { matmul: (_, grad) => [grad] };
    expect(() => gradient(y, [x], { rules })).toThrow(
      'the derivative of matmul needs one gradient for each of 2 inputs, got 1',
    );
  });

  test('work through compile', async () => {
    const x = input('x', [1, 3]);
    const y = relu(x);
    const [slope] = gradient(y, [x], { rules: { relu: deconvolution }, seed: reshape(vector(1, -1, 2), [1, 3]) });
    const program = compile({ inputs: [x], outputs: { slope } }, referenceBackend);
    const { slope: values } = await program.run({ x: { data: [-5, 1, -5], shape: [1, 3] } });
    expect(Array.from(values.data)).toEqual([1, 0, 2]);
  });
});
