import {
  add,
  type Backend,
  compile,
  concat,
  conv2d,
  greater,
  input,
  mul,
  type Plan,
  relu6,
  select,
  type Tensor,
} from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { splitSteps } from '../../packages/autograd/src/gpu/split-steps.ts';
import { drawInput, floats } from '../support/op-inputs.ts';
import { fusing, planOf } from '../support/plans.ts';
import { randomGraph } from '../support/random-graphs.ts';
import { weight } from '../support/small-nets.ts';

/** Runs plans whose steps read at most so many arrays, in float64. */
const splitting = (most: number): Backend => ({ ...fusing, load: (plan) => fusing.load(splitSteps(plan, most).plan) });

const mostInputs = ({ steps }: Plan) => Math.max(...steps.map(({ inputs }) => inputs.length));

async function expectSame(outputs: Record<string, Tensor>, inputs: readonly Tensor[], most: number): Promise<void> {
  const arrays = Object.fromEntries(
    inputs.map(({ attrs, shape }, i) => [attrs.name as string, drawInput(floats(shape), i + 1)]),
  );
  const [whole, split] = [fusing, splitting(most)].map((backend) => compile({ inputs, outputs }, backend));
  expect(await split!.run(arrays)).toEqual(await whole!.run(arrays));
}

const names = Array.from({ length: 12 }, (_, i) => `x${i}`);
const images = names.map((name) => input(name, [1, 4, 5, 2]));
const total = (tensors: readonly Tensor[]) => tensors.reduce((sum, each) => add(sum, each));
const convolved = (x: Tensor) => conv2d(x, weight(1, [3, 3, 2, 2]), { padding: 'same' });

const wide: Record<string, Tensor> = {
  'a sum of twelve': total(images),
  'a sum of products': total(images.map((image, i) => mul(image, images[(i + 5) % 12]!))),
  'a convolution and a sum': relu6(add(convolved(images[0]!), total(images.slice(1)))),
  'a convolution at the head of a sum': images
    .slice(1)
    .reduce<Tensor>((sum, each) => add(sum, each), convolved(images[0]!)),
  'a convolution that the chain reads twice': select(
    greater(convolved(images[0]!), total(images.slice(1, 6))),
    mul(convolved(images[0]!), total(images.slice(6))),
    images[3]!,
  ),
  'a sum that is used twice': mul(total(images), add(total(images.slice(0, 6)), 1)),
  'a concatenation of twelve': concat(images, 3),
  'a concatenation along the rows': concat([...images, ...images], 1),
};

describe('a plan for kernels that can read few arrays', () => {
  test.each(Object.keys(wide))('%s', async (name) => {
    const plan = planOf({ y: wide[name]! });
    expect(mostInputs(plan)).toBeGreaterThan(7);
    for (const most of [3, 4, 7]) {
      expect(mostInputs(splitSteps(plan, most).plan)).toBeLessThanOrEqual(most);
      await expectSame({ y: wide[name]! }, images, most);
    }
  });

  test('random networks and their gradients', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { image, outputs } = randomGraph(seed);
      await expectSame(outputs as Record<string, Tensor>, [image], 4);
    }
  });

  test('is left alone where each step reads few', () => {
    const plan = planOf({ y: relu6(convolved(images[0]!)) });
    expect(splitSteps(plan, 7).plan.steps).toEqual(plan.steps);
  });

  test('knows which step a part belongs to', () => {
    const plan = planOf({ y: wide['a sum of twelve']!, z: convolved(images[1]!) });
    const { plan: split, origins } = splitSteps(plan, 4);
    expect(origins).toHaveLength(split.steps.length);
    origins.forEach((origin, i) => {
      expect(split.steps[i]!.names).toEqual(plan.steps[origin]!.names);
    });
    expect(split.multiplyAdds).toBe(plan.multiplyAdds);
  });
});
