import { compile, gradient, input, referenceBackend, type Tensor } from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { relativeDifference } from '../support/compare-arrays.ts';
import { fusing, plain, planOf } from '../support/plans.ts';
import { seededValues } from '../support/seeded.ts';
import { branchingNet, residualNet } from '../support/small-nets.ts';

const image = input('image', [2, 9, 8, 3]);
const picture = { data: seededValues(1, 2 * 9 * 8 * 3, [-1, 1]), shape: image.shape };

/** A network's outputs and the gradient of the first one by the image. */
const withGradient = (outputs: Record<string, Tensor>): Record<string, Tensor> => ({
  ...outputs,
  gradient: gradient(Object.values(outputs)[0]!, [image])[0],
});

describe.each([
  { name: 'a residual network', outputs: withGradient(residualNet(image)) },
  { name: 'a branching network', outputs: withGradient(branchingNet(image)) },
])('$name', ({ outputs }) => {
  test('gives the same numbers fused and unfused, every buffer poisoned with NaN before the run', async () => {
    const [expected, unfused, fused] = await Promise.all(
      [referenceBackend, plain, fusing].map((backend) => compile({ outputs }, backend).run({ image: picture })),
    );
    for (const [name, array] of Object.entries(expected!)) {
      expect(array.data.every(Number.isFinite)).toBe(true);
      expect(relativeDifference(unfused![name]!, array), name).toBeLessThan(1e-13);
      expect(relativeDifference(fused![name]!, array), name).toBeLessThan(1e-13);
    }
  });

  test('takes fewer steps and less memory fused, for the same multiplications', () => {
    const [fused, unfused] = [planOf(outputs), planOf(outputs, plain)];
    expect(fused.steps.length).toBeLessThan(0.55 * unfused.steps.length);
    expect(fused.peakBytes).toBeLessThan(unfused.peakBytes);
    expect(fused.multiplyAdds).toBe(unfused.multiplyAdds);
  });

  test('runs again as if for the first time', async () => {
    const other = { data: picture.data.toReversed(), shape: image.shape };
    const program = compile({ outputs }, referenceBackend);
    const first = await program.run({ image: picture });
    await program.run({ image: other });
    expect(await program.run({ image: picture })).toEqual(first);
  });
});

test('the multiplications of a known network add up: stem, expansion, depthwise, projection, classifier', () => {
  const { probabilities } = residualNet(image);
  const pixels = 2 * 5 * 4;
  const forward = pixels * (4 * 27 + 8 * 4 + 8 * 9 + 4 * 8) + 2 * 4 * 3;
  expect(planOf({ probabilities }).multiplyAdds).toBe(forward);
  const [slope] = gradient(probabilities, [image]);
  expect(planOf({ probabilities, slope }).multiplyAdds).toBe(2 * forward);
});
