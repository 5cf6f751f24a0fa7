import { type Backend, createWasmBackend } from '@igos/autograd';
import { createGpuBackend } from '@igos/autograd/gpu';
import { deletionInsertion, type Step } from 'igos';
import { describe, expect, test } from 'vitest';
import {
  type GoldenIteration,
  type GoldenRun,
  goldenModel,
  goldenRuns,
  largestDifference,
  optionsOf,
  problemMaker,
} from '../support/igos-golden.ts';
import { runAll } from '../support/igos-toys.ts';

/** A short run of each network, at every fourth stored mask. */
const chosen = ['digits_0 small_m7', 'mobile_1 small-path_m5x9', 'trained16_60 official_m8', 'trained16_84 small_m8'];
const everyFourth = (_: unknown, i: number) => i % 4 === 0;

const backends = [createWasmBackend(), await createGpuBackend('cpu'), await createGpuBackend('webasm')];

test.each(backends.filter(({ loops }) => !loops))(
  'on $name batches of 1, 5 and 20 give the same bytes',
  async (own) => {
    const atOnce: number[] = [];
    const load: Backend['load'] = (plan) => {
      const { value } = plan.outputs.find(({ name }) => name === 'score')!;
      atOnce.push(plan.values[value]!.shape[0]!);
      return own.load(plan);
    };
    const model = await goldenModel('trained16');
    const run = goldenRuns('trained16').find(({ name }) => name === 'trained16_84 small_m8')!;
    const noise = { sigma: 0.05, seed: 1, iteration: 0 };
    const gradients = [1, 5, 20].map((batch) =>
      problemMaker(model, { backend: { ...own, load }, batch })(run).pathGradient(run.masks[1]!, { noise }),
    );
    const [one, five, twenty] = await Promise.all(gradients);
    expect(five).toEqual(one);
    expect(twenty).toEqual(one);
    expect(atOnce).toEqual([5, 5, 20]);
  },
);

describe.each(backends)('float32 on $name', (backend) => {
  describe.each(['digits', 'mobile', 'trained16'])('%s', async (network) => {
    const problemOf = problemMaker(await goldenModel(network), { backend, batch: 20 });
    const runs = goldenRuns(network).filter(({ name }) => chosen.includes(name));

    test.each(runs.map((run) => [run.name, run] as const))('single steps of %s', async (_, run) => {
      const problem = problemOf(run);
      for (const [i, golden] of run.record.history.entries()) {
        if (!everyFourth(golden, i)) continue;
        const options = { ...optionsOf(run.record), l1: golden.l1Coeff, lambdaSchedule: false };
        const { steps } = await runAll(problem, { ...options, iterations: 1, initMask: run.masks[i]! });
        expect(Math.abs(steps[0]!.searchStart - golden.total)).toBeLessThanOrEqual(1e-5);
        checkSingleStep(steps[0]!, golden, run.masks[i + 1]!);
      }
      await checkAreas(run, problem);
    });
  });
});

/** The rule of `test/golden/README.md`: the same step to a bound, or another one only where rounding could decide. */
function checkSingleStep(step: Step, golden: GoldenIteration, expected: Float32Array): void {
  const difference = largestDifference(step.mask, expected);
  if (Math.abs(step.step / golden.step - 1) < 1e-6 && step.kept === golden.kept) {
    expect(difference).toBeLessThanOrEqual(1e-6 + 5e-3 * golden.step * Math.sqrt(golden.gradNorm2));
    return;
  }
  expect(Math.min(...golden.trialLog.map(({ margin }) => Math.abs(margin)))).toBeLessThan(1e-6);
  expect(difference).toBeLessThanOrEqual(1e-3);
}

async function checkAreas({ saliency, record }: GoldenRun, problem: Parameters<typeof deletionInsertion>[0]) {
  const { deletion, insertion } = await deletionInsertion(problem, saliency, { ties: 'index' });
  expect(largestDifference(deletion.curve, record.curves.product.deletion)).toBeLessThanOrEqual(1e-5);
  expect(largestDifference(insertion.curve, record.curves.product.insertion)).toBeLessThanOrEqual(1e-5);
}
