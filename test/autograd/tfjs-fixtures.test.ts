import { type Backend, compile, constant, gradient, input, mul, sum } from '@igos/autograd';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import { describe, expect, test } from 'vitest';
import { startBackends } from '../support/backends.ts';
import { allFixtures, type Fixture, largestDifference, largestEntry } from '../support/tfjs-fixtures.ts';

const { ran: backends } = await startBackends();
const fixtures = allFixtures();

test('every fixture is there in every variant', () => {
  const variants = fixtures.map(({ name, variant }) => `${name}/${variant}`);
  expect(variants).toHaveLength(40);
});

for (const { backend } of backends) {
  describe(`fixtures on ${backend.name}`, () => {
    for (const fixture of fixtures) {
      test(`${fixture.name}/${fixture.variant} gives Keras' outputs and input gradients`, async () => {
        const { output, inputGradient } = await evaluate(fixture, backend);
        expect(largestDifference(output, fixture.unrounded.data)).toBeLessThan(roundingBound(fixture));
        if (fixture.output) expect(largestDifference(output, fixture.output.data)).toBeLessThan(1e-5);
        if (fixture.gradient) {
          const bound = 1e-4 * largestEntry(fixture.gradient.data);
          expect(largestDifference(inputGradient, fixture.gradient.data)).toBeLessThan(bound);
        }
      });
    }
  });
}

/** How far rounded weights may move a probability; about twice what was measured. */
function roundingBound({ variant }: Fixture): number {
  if (variant.endsWith('uint8')) return 2e-2;
  if (variant.endsWith('uint16')) return 1e-4;
  return variant.endsWith('float16') ? 1e-3 : 1e-5;
}

/** Outputs, and the gradient of the class that the fixture names for each input. */
async function evaluate({ folder, input: image, classIndex }: Fixture, backend: Backend) {
  const model = await loadModel(folderReader(folder));
  const images = input('images', image.shape);
  const [port] = model.outputs;
  const output = model.apply(images)[port!.name]!;
  const [count, classes] = output.shape as [number, number];
  const chosen = new Float32Array(count * classes);
  classIndex.forEach((index, n) => {
    chosen[n * classes + index] = 1;
  });
  const score = sum(mul(output, constant({ data: chosen, shape: output.shape })));
  const [inputGradient] = gradient(score, [images]);
  const program = compile({ inputs: [images], outputs: { output, inputGradient: inputGradient! } }, backend);
  const results = await program.run({ images: image });
  program.dispose();
  return { output: results.output!.data, inputGradient: results.inputGradient!.data };
}
