import { describe, expect, test } from 'vitest';
import { checkGradient } from '../support/check-gradient.ts';
import { opCases } from '../support/op-cases.ts';
import { drawInput } from '../support/op-inputs.ts';

const differentiable = opCases.filter(({ inputs }) => inputs.some((each) => each.differentiable));

describe('first and second derivatives agree with differences', () => {
  test.each(differentiable)('$name', async ({ build, inputs }) => {
    const at = inputs.map((spec, i) => ({ ...spec, ...drawInput(spec, i + 1) }));
    await expect(checkGradient({ build, at }, { order: 2 })).resolves.toBeUndefined();
  });
});
