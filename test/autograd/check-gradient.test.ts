import {
  type Backend,
  conv2d,
  customGradient,
  div,
  exp,
  gradient,
  greater,
  type HostArray,
  mul,
  referenceBackend,
  relu,
  select,
  softmax,
  square,
  stopGradient,
  sum,
  swish,
  type Tensor,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { checkGradient } from '../support/check-gradient.ts';
import { numbers } from '../support/numbers.ts';
import { seededValues } from '../support/seeded.ts';
import { constantNorm, weight } from '../support/small-nets.ts';

const array = (seed: number, shape: number[]) => ({
  data: seededValues(
    seed,
    shape.reduce((a, b) => a * b, 1),
  ),
  shape,
});

describe('the check of derivatives notices', () => {
  const at = [array(1, [2, 3])];

  test('a wrong factor, however small', async () => {
    const wrong = customGradient(
      (x) => square(x!),
      ({ inputs: [x] }, grad) => [mul(grad, mul(x!, 2 + 1e-5))],
    );
    await expect(checkGradient({ build: wrong, at })).rejects.toThrow(
      /input \d, value \d: the derivative is .*, differences give/,
    );
  });

  test('one wrong value among many, which are moved along random directions', async () => {
    const wrong = customGradient(
      (x) => exp(x!),
      ({ output }, grad) => [mul(mul(grad, output), weight(1, [300]))],
    );
    await expect(checkGradient({ build: wrong, at: [array(2, [300])] })).rejects.toThrow('a random direction');
  });

  test('a second derivative that is wrong where the first is right', async () => {
    const half = customGradient(
      (x) => square(x!),
      ({ inputs: [x] }, grad) => [mul(grad, mul(stopGradient(x!), 2))],
    );
    await expect(checkGradient({ build: half, at })).resolves.toBeUndefined();
    await expect(checkGradient({ build: half, at }, { order: 2 })).rejects.toThrow('the derivative is');
  });

  test('one that is wrong on one backend only, and on which', async () => {
    const load: Backend['load'] = (plan) => {
      const right = referenceBackend.load(plan);
      const off = ({ data, shape }: HostArray) => ({ data: Float64Array.from(data, (value) => value * 1.0001), shape });
      return { ...right, run: async (arrays) => (await right.run(arrays)).map(off) };
    };
    const bent: Backend = { ...referenceBackend, name: 'bent', load };
    const on = [referenceBackend, bent].map((backend) => ({ backend, tolerance: 1e-6 }));
    const build = (x: Tensor) => exp(x);
    await expect(checkGradient({ build, at }, { on: on.slice(0, 1) })).resolves.toBeUndefined();
    await expect(checkGradient({ build, at }, { on })).rejects.toThrow(
      /the derivative is .* on bent, differences give/,
    );
  });

  test('one that is infinite', async () => {
    const endless = customGradient(
      (x) => square(x!),
      (_, grad) => [div(grad, 0)],
    );
    await expect(checkGradient({ build: endless, at: [array(1, [1])] })).rejects.toThrow('the derivative is Infinity');
  });

  test('a jump that hides in a select', async () => {
    const jump = (x: Tensor) => select(greater(x, 0), mul(x, stopGradient(x)), 0);
    await expect(checkGradient({ build: jump, at })).rejects.toThrow('the derivative is');
  });
});

test('a whole smooth network has right first and second derivatives by image and weights', async () => {
  const net = (image: Tensor, filter: Tensor) => {
    const features = swish(constantNorm(conv2d(image, filter, { padding: 'same', strides: 2 }), 3));
    const pooled = swish(conv2d(features, weight(9, [2, 2, 3, 3]), { padding: 'valid' }));
    return softmax(sum(pooled, { axes: [1, 2] }));
  };
  const at = [array(5, [1, 5, 5, 2]), array(6, [3, 3, 2, 3])];
  await expect(
    checkGradient({ build: (...inputs) => net(inputs[0]!, inputs[1]!), at }, { order: 2 }),
  ).resolves.toBeUndefined();
});

test('the gradient of a gradient of a piecewise linear network is zero', () => {
  const image = weight(1, [1, 4, 4, 2]);
  const y = sum(relu(conv2d(image, weight(2, [3, 3, 2, 3]), { padding: 'same' })));
  const [slope] = gradient(y, [image]);
  const [curvature] = gradient(sum(square(slope)), [image]);
  expect(numbers(slope).some((value) => value !== 0)).toBe(true);
  expect(numbers(curvature).every((value) => value === 0)).toBe(true);
});
