import { type Backend, createWasmBackend, type Plan, referenceBackend } from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { folderReader } from '@igos/autograd/node';
import { loadModel } from '@igos/autograd/tfjs';
import {
  baselines,
  createMaskProblem,
  explain,
  explainToEnd,
  makeBaseline,
  type Savings,
  type Step,
  scoreOfModel,
} from 'igos';
import { afterAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/igos-golden.ts';
import { seededValues } from '../support/seeded.ts';

const model = await loadModel(folderReader(new URL('../../models/digits/', import.meta.url).pathname));
const image = { data: seededValues(5, 784, [0, 1]), shape: [28, 28, 1] };
const score = scoreOfModel(model, { target: { kind: 'index', index: 8 } });
const wasm = createWasmBackend({ multiplyAdd: false });
const gpu = await createGpuBackend('webasm');
const batching: Backend = { ...referenceBackend, loops: false };
afterAll(() => [wasm, gpu].forEach((backend) => void backend.dispose()));

/** A whole explanation, with every step, and what it cost. */
async function run(backend: Backend, savings: Partial<Savings>) {
  const problem = createMaskProblem({
    ...{ score, image, baseline: makeBaseline(baselines.blur, image), backend, savings, batch: 20 },
    path: { points: 10 },
  });
  const steps: Step[] = [];
  const options = { iterations: 6, noise: { sigma: 0.02, seed: 1 } };
  const { mask } = await explainToEnd(explain(problem, options), (step) => steps.push(step));
  const { counts } = problem;
  problem.dispose();
  return { mask: mask.data, steps, counts };
}

const withoutCost = (steps: readonly Step[]) => steps.map(({ evaluations: _, ...step }) => step);

describe.each([wasm, gpu])('on $name', (backend) => {
  test('the score of an accepted candidate is that of the next start, to the bit, for a run less an iteration', async () => {
    const [saved, repeated] = [await run(backend, {}), await run(backend, { reuseAccepted: false })];
    expect(saved.mask).toEqual(repeated.mask);
    expect(withoutCost(saved.steps)).toEqual(withoutCost(repeated.steps));
    const moves = saved.steps.filter(({ kept }) => !kept);
    // The first candidate, and the last, are not always the accepted one.
    expect(new Set(moves.map(({ trials }) => trials)).size).toBeGreaterThan(1);
    expect(repeated.counts.forward - saved.counts.forward).toBe(moves.length);
  });
});

test('what is computed in float64 is judged as the float32 mask that is kept', async () => {
  const [saved, repeated] = [await run(referenceBackend, {}), await run(referenceBackend, { reuseAccepted: false })];
  expect(saved).toEqual(repeated);
});

describe('slopes added up before what is linear', () => {
  /** The plan of a path gradient. */
  async function planOf(savings: Partial<Savings>): Promise<Plan> {
    const plans: Plan[] = [];
    const load: Backend['load'] = (plan) => {
      plans.push(plan);
      return wasm.load(plan);
    };
    const baseline = makeBaseline(baselines.blur, image);
    const problem = createMaskProblem({ score, image, baseline, backend: { ...wasm, load }, savings });
    await problem.pathGradient(new Float32Array(196).fill(0.5));
    problem.dispose();
    expect(plans).toHaveLength(1);
    return plans[0]!;
  }
  const stepsAfter = ({ steps, loop }: Plan) => steps.slice(loop!.end);

  test('do it once for five points, unless told not to', async () => {
    const [early, late] = [await planOf({}), await planOf({ sumEarly: false })];
    const once = ['conv2dInputGrad', 'resizeTranspose', 'resizeTranspose'];
    expect(stepsAfter(early).map(({ op }) => op)).toEqual(once);
    expect(stepsAfter(late)).toEqual([]);
    expect(late.steps.slice(-4).map(({ op }) => op)).toEqual([...once, 'accumulate']);
    const work = stepsAfter(early).reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
    expect(work).toBeGreaterThan(0);
    expect(late.multiplyAdds - early.multiplyAdds).toBe(4 * work);
  });

  test('give the same masks in float64 up to its rounding', async () => {
    const [early, late] = [await run(referenceBackend, {}), await run(referenceBackend, { sumEarly: false })];
    expect(largestDifference(early.mask, late.mask)).toBeLessThan(1e-12);
    expect(early.steps.map(({ trials }) => trials)).toEqual(late.steps.map(({ trials }) => trials));
  });

  test('give the same masks in float32 up to its rounding', async () => {
    const [early, late] = [await run(wasm, {}), await run(wasm, { sumEarly: false })];
    expect(largestDifference(early.mask, late.mask)).toBeLessThan(1e-5);
    expect(early.steps.map(({ trials }) => trials)).toEqual(late.steps.map(({ trials }) => trials));
  });
});

test.each([batching, gpu])('on $name candidates judged together are those judged one by one', async (backend) => {
  const [together, alone] = [await run(backend, {}), await run(backend, { batchCandidates: false })];
  expect(withoutCost(together.steps)).toEqual(withoutCost(alone.steps));
  const tried = alone.steps.reduce((sum, { trials }) => sum + trials, 0);
  expect(together.counts.forward - alone.counts.forward).toBe(12 * 6 - tried);
});

test.each([
  ['wasm', wasm],
  ['a backend that takes several images', batching],
])(
  'pictures that the programs hold give the same masks as pictures that go into every run, on %s',
  async (_, backend) => {
    const sent: number[] = [];
    const spying: Backend = {
      ...backend,
      load: (plan) => {
        sent.push(plan.inputs.length);
        return backend.load(plan);
      },
    };
    const held = await run(spying, {});
    const inputsHeld = sent.splice(0);
    const given = await run(spying, { holdImages: false });
    expect(largestDifference(held.mask, given.mask)).toBeLessThan(backend === wasm ? 1e-5 : 1e-12);
    expect(held.counts).toEqual(given.counts);
    // All programs of masks take both pictures; the one of whole images takes neither.
    const [images, ...masks] = sent.map((count, i) => count - inputsHeld[i]!).toSorted();
    expect([images, ...new Set(masks)]).toEqual([0, 2]);
  },
);
