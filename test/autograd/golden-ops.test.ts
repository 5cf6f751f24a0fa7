import { compile, gradient, type HostArray, input, referenceBackend } from '@igos/autograd';
import { describe, expect, test } from 'vitest';
import { buildGolden, readGoldenOps } from '../support/golden-ops.ts';

const records = readGoldenOps();

const nineDigits = 1e-9;
/** torch differentiates hardsigmoid with 1/6 rounded to float32, in float64 too. */
const float32Sixth = nineDigits + Math.abs(1 - 6 * Math.fround(1 / 6));

test('all 114 records are here', () => {
  expect(records).toHaveLength(114);
});

describe.each(records)('$group $golden.name', ({ group, golden }) => {
  const inputs = Object.entries(golden.inputs).map(([name, { shape }]) => input(name, shape));
  const value = buildGolden(group, golden, Object.fromEntries(inputs.map((each) => [each.attrs.name, each])));
  const names = Object.keys(golden.vjp);
  const xs = names.map((name) => inputs.find((each) => each.attrs.name === name)!);

  test('has the value and the derivatives that torch computed in float64', async () => {
    const seed = input('cotangent', golden.cotangent.shape);
    const slopes = gradient(value, xs, { seed }).map((slope, i) => [`by ${names[i]}`, slope] as const);
    const program = compile(
      { inputs: [...inputs, seed], outputs: { value, ...Object.fromEntries(slopes) } },
      referenceBackend,
    );
    const results: Record<string, HostArray> = await program.run({ ...golden.inputs, cotangent: golden.cotangent });
    expectDigits(results.value!, golden.output);
    const precision = golden.name.startsWith('hardSigmoid') ? float32Sixth : nineDigits;
    for (const name of names) expectDigits(results[`by ${name}`]!, golden.vjp[name]!, precision);
  });
});

/** Equal to so many digits each; what is nearly zero beside the largest value has fewer. */
function expectDigits(actual: HostArray, expected: HostArray, precision = nineDigits): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.data.map(Math.abs));
  for (const [i, value] of expected.data.entries()) {
    const allowed = precision * Math.abs(value) + 1e-13 * largest;
    expect(Math.abs(actual.data[i]! - value), `value ${i} is ${actual.data[i]}`).toBeLessThanOrEqual(allowed);
  }
}
