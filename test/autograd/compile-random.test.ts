import { compile, type HostArray } from '@igos/autograd';
import { afterAll, describe, expect, test } from 'vitest';
import { startBackends } from '../support/backends.ts';
import { relativeDifference } from '../support/compare-arrays.ts';
import { evaluateGraph } from '../support/evaluate-graph.ts';
import { planInterpreter } from '../support/plan-interpreter.ts';
import { randomGraph } from '../support/random-graphs.ts';
import { seededValues } from '../support/seeded.ts';

const { ran } = await startBackends();
afterAll(() => ran.forEach(({ backend }) => void backend.dispose()));

/** Many graphs in float64, and a few on each fast backend, whose own tests try every kernel. */
const compared = [
  ...[planInterpreter({ fuses: false }), planInterpreter({ fuses: true })].map((backend) => ({
    name: backend.name,
    backend,
    tolerance: 1e-13,
    graphs: 150,
  })),
  ...ran
    .filter(({ backend }) => backend.precision === 'float32')
    .map((each) => ({ ...each, name: each.backend.name, graphs: 15 })),
];

describe.each(compared)('compiled for $name', ({ backend, tolerance, graphs }) => {
  test.each(Array.from({ length: graphs }, (_, i) => i + 1))(
    'random graph %i has the values it has node by node',
    async (seed) => {
      const { image, outputs } = randomGraph(seed);
      const count = image.shape.reduce((total, extent) => total * extent, 1);
      const arrays = { image: { data: seededValues(seed, count), shape: image.shape } };
      const expected = evaluateGraph(outputs, arrays);
      const program = compile({ inputs: [image], outputs }, backend);
      const results: Record<string, HostArray> = await program.run(arrays);
      program.dispose();
      for (const [name, array] of Object.entries(expected)) {
        expect(relativeDifference(results[name]!, array), name).toBeLessThan(tolerance);
      }
    },
  );
});
