import * as ag from '@igos/autograd';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { keepConditions } from '../../packages/autograd/src/backends/wasm/lower/conditions.ts';
import { seededValues } from '../support/seeded.ts';
import { weight } from '../support/small-nets.ts';
import { expectLikeReference } from '../support/wasm-compare.ts';

const wasm = ag.createWasmBackend({ multiplyAdd: false, poison: true });
afterAll(() => wasm.dispose());

type Activation = (y: ag.Tensor) => ag.Tensor;

/** Two layers with an activation between them, and the gradient of a result that is not linear in the last one. */
function network(activation: Activation, shape: ag.Shape, layer: (x: ag.Tensor) => ag.Tensor) {
  const x = ag.input('x', shape);
  const hidden = activation(layer(x));
  const y = ag.conv2d(hidden, weight(7, [3, 3, hidden.shape[3]!, 5]), { padding: 'same' });
  const [slope] = ag.gradient(ag.square(y), [x]);
  const arrays = {
    x: {
      data: seededValues(
        1,
        shape.reduce((a, b) => a * b),
      ),
      shape,
    },
  };
  return { inputs: [x], outputs: { y, slope: slope! } as Record<string, ag.Tensor>, arrays, hidden };
}

const convolution = (x: ag.Tensor) => ag.conv2d(x, weight(1, [1, 1, x.shape[3]!, 8]), { padding: 'valid' });

type Network = Pick<ReturnType<typeof network>, 'inputs' | 'outputs'>;

function kept({ inputs, outputs }: Network) {
  const { plan } = ag.compile({ inputs, outputs }, wasm);
  return { plan, ...keepConditions(plan) };
}

describe('of an activation that the backward pass only compares', () => {
  test('relu6 keeps one condition, both of its comparisons, and drops the values', () => {
    const { ofValue, steps } = kept(network(ag.relu6, [1, 6, 6, 3], convolution));
    const [[value, conditions]] = [...ofValue] as [[number, unknown[]]];
    expect(conditions).toEqual([
      [
        { op: 'greater', number: 0, reversed: false },
        { op: 'less', number: 6, reversed: false },
      ],
    ]);
    const asking = steps.filter(({ asks }) => asks.includes(value));
    expect(asking.map(({ op }) => op)).toEqual(['conv2dInputGrad']);
    expect(asking[0]!.reads).not.toContain(value);
  });

  test('an output of the program is kept as it is', () => {
    const { inputs, outputs, hidden } = network(ag.relu6, [1, 6, 6, 3], convolution);
    expect(kept({ inputs, outputs: { ...outputs, hidden } }).ofValue.size).toBe(0);
  });

  test('values whose channels do not fill a byte are kept as they are', () => {
    const odd = (x: ag.Tensor) => ag.conv2d(x, weight(1, [1, 1, 3, 6]), { padding: 'valid' });
    expect(kept(network(ag.relu6, [1, 6, 6, 3], odd)).ofValue.size).toBe(0);
  });

  test('values that the backward pass multiplies with are kept as they are', () => {
    expect(kept(network(ag.swish, [1, 6, 6, 3], convolution)).ofValue.size).toBe(0);
  });
});

const gate = (test: ag.Tensor, grad: ag.Tensor) => ag.select(test, grad, 0);

/** The function itself, with a derivative that asks what it likes of the value. */
function asking(backward: (y: ag.Tensor, grad: ag.Tensor) => ag.Tensor): Activation {
  return ag.customGradient(
    (y) => ag.mul(y, 1.5),
    ({ output }, grad) => [backward(output, grad)],
  );
}

/** Steps at several places: one comparison, two, three, both ways round, and gates whose other side is not 0. */
const activations: Record<string, Activation> = {
  relu: ag.relu,
  relu6: ag.relu6,
  leakyRelu: (y) => ag.leakyRelu(y),
  hardSigmoid: (y) => ag.hardSigmoid(y),
  clamp: (y) => ag.clamp(y, -0.5, 0.75),
  minimum: (y) => ag.minimum(0.25, y),
  stairs: (y) => ag.add(ag.relu(y), ag.add(ag.relu(ag.sub(y, 0.5)), ag.maximum(1, y))),
  folded: (y) => ag.select(ag.greater(y, 0), ag.select(ag.less(0.5, y), 0, y), ag.mul(y, 3)),
  'two conditions apart': asking((y, grad) => ag.add(gate(ag.greater(y, 0), grad), gate(ag.less(y, 0.5), grad))),
  'three conditions': asking((y, grad) =>
    ag.add(gate(ag.greater(y, 0), grad), ag.add(gate(ag.less(y, 0.5), grad), gate(ag.greater(y, 0.75), grad))),
  ),
  'a gate used twice': asking((y, grad) => {
    const inner = gate(ag.less(y, 0.5), grad);
    return ag.add(gate(ag.greater(y, -0.5), inner), ag.mul(inner, 2));
  }),
  notEqual: (y) => ag.select(ag.notEqual(y, 0), y, 0),
};

const layers: Record<string, (x: ag.Tensor) => ag.Tensor> = {
  '1×1': (x) => ag.conv2d(x, weight(2, [1, 1, x.shape[3]!, 12]), { padding: 'same' }),
  'strided 3×3': (x) => ag.conv2d(x, weight(3, [3, 3, x.shape[3]!, 20]), { padding: 'same', strides: 2 }),
  depthwise: (x) => ag.depthwiseConv2d(x, weight(4, [3, 3, x.shape[3]!, 1]), { padding: 'same' }),
  'two filters a channel': (x) => ag.depthwiseConv2d(x, weight(5, [2, 2, x.shape[3]!, 2]), { padding: 'same' }),
  'two filters a channel, turned round': (x) => {
    const y = ag.depthwiseConv2d(x, weight(5, [2, 2, x.shape[3]!, 2]), { padding: 'same' });
    return ag.gradient(ag.square(y), [x])[0]!;
  },
  elementwise: (x) => ag.sub(ag.mul(x, x), 1),
};

test('gradients are those of reference, whatever is asked of whatever layer', async () => {
  const cases = fc.record({
    activation: fc.constantFrom(...Object.keys(activations)),
    layer: fc.constantFrom(...Object.keys(layers)),
    shape: fc.tuple(
      fc.constantFrom(1, 2),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(4, 8, 12, 20),
    ),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ activation, layer, shape }) => {
      await expectLikeReference(wasm, network(activations[activation]!, shape, layers[layer]!));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('a gradient that passes two gates at once, each of a value of its own', async () => {
  const x = ag.input('x', [1, 5, 5, 4]);
  const [left, right] = [2, 3].map((seed) => ag.relu(ag.conv2d(x, weight(seed, [1, 1, 4, 8]), { padding: 'same' })));
  const both = ag.customGradient(
    (a, b) => ag.add(a!, b!),
    ({ inputs: [a, b] }, grad) => {
      const passed = gate(ag.greater(a!, 0), gate(ag.less(b!, 1), grad));
      return [passed, passed];
    },
  );
  const y = ag.conv2d(both(left!, right!), weight(7, [3, 3, 8, 5]), { padding: 'same' });
  const [slope] = ag.gradient(ag.square(y), [x]);
  const graph = { inputs: [x], outputs: { y, slope: slope! } };
  expect(kept(graph).ofValue.size).toBe(2);
  await expectLikeReference(wasm, { ...graph, arrays: { x: { data: seededValues(1, 100), shape: x.shape } } });
});

test('conditions that two steps ask for stay until the second has asked', async () => {
  const x = ag.input('x', [1, 12, 12, 3]);
  const v = convolution(x);
  const join = ag.customGradient(
    (w, u) => ag.add(w!, u!),
    ({ inputs: [, u] }, grad) => [gate(ag.less(u!, 0.5), grad), gate(ag.greater(u!, 0), grad)],
  );
  const joined = join(ag.conv2d(v, weight(3, [3, 3, 8, 8]), { padding: 'same' }), v);
  const y = ag.conv2d(joined, weight(7, [3, 3, 8, 5]), { padding: 'same' });
  const [slope] = ag.gradient(ag.square(y), [x]);
  const graph = { inputs: [x], outputs: { y, slope: slope! } };
  const { ofValue, steps } = kept(graph);
  expect([...ofValue.values()].map((conditions) => conditions.length)).toEqual([2]);
  expect(steps.filter(({ asks }) => asks.length > 0).length).toBe(2);
  await expectLikeReference(wasm, { ...graph, arrays: { x: { data: seededValues(1, 432), shape: x.shape } } });
});

test('a chain of layers, where one step keeps a condition and asks for another', async () => {
  const block = (x: ag.Tensor) => {
    const wide = ag.relu6(ag.conv2d(x, weight(2, [1, 1, x.shape[3]!, 24]), { padding: 'same' }));
    const deep = ag.relu6(ag.depthwiseConv2d(wide, weight(3, [5, 5, 24, 1]), { padding: 'same', strides: 2 }));
    return ag.conv2d(deep, weight(4, [1, 1, 24, 8]), { padding: 'same' });
  };
  const graph = network((y) => ag.relu(block(y)), [2, 14, 14, 3], block);
  expect(kept(graph).ofValue.size).toBe(5);
  await expectLikeReference(wasm, graph);
});
