import { deletionInsertion } from 'igos';
import { describe, expect, test } from 'vitest';
import {
  type GoldenRun,
  goldenModel,
  goldenRuns,
  largestDifference,
  optionsOf,
  problemMaker,
} from '../support/igos-golden.ts';
import { runAll } from '../support/igos-toys.ts';

/** One run of each network with each of the settings that change the course of a run. */
const chosen = [
  'digits_0 small_m7',
  'digits_1 official_m14',
  'mobile_0 small-path_m5x9',
  'mobile_1 small-logit_m5x9',
  'mobile_1 small_m5x9',
  'trained16_60 small_m16',
  'trained16_84 official_m8',
  'trained16_84 small-plain_m8',
];

const networks = ['digits', 'mobile', 'trained16'];

describe.each(networks)('uninterrupted runs of %s', async (network) => {
  const problemOf = problemMaker(await goldenModel(network));
  const runs = goldenRuns(network).filter(({ name }) => chosen.includes(name));

  test.each(runs.map((run) => [run.name, run] as const))('%s', async (_, run) => {
    const problem = problemOf(run);
    const { steps, result } = await runAll(problem, optionsOf(run.record));
    checkSteps(run, steps);
    const { finalScore, finalL1, curves } = run.record;
    expect(result.final.probability).toBeCloseTo(finalScore, 6);
    expect(result.final.area).toBeCloseTo(finalL1, 6);
    expect(largestDifference(result.saliency.data, run.saliency.data)).toBeLessThanOrEqual(2e-6);
    const areas = await deletionInsertion(problem, result.saliency, { ties: 'index' });
    expect(Math.abs(areas.deletion.auc - curves.product.deletionAuc)).toBeLessThanOrEqual(1e-3);
    expect(Math.abs(areas.insertion.auc - curves.product.insertionAuc)).toBeLessThanOrEqual(1e-3);
  });
});

test('every chosen run exists', () => {
  const names = networks.flatMap(goldenRuns).map(({ name }) => name);
  expect(chosen.filter((name) => !names.includes(name))).toEqual([]);
});

/** Row k tells of the mask after step k, which the record has as the start of iteration k + 1. */
function checkSteps({ record, masks }: GoldenRun, steps: Awaited<ReturnType<typeof runAll>>['steps']): void {
  for (const [k, step] of steps.entries()) {
    const golden = record.history[k]!;
    expect([step.trials, step.failed, step.kept]).toEqual([golden.trials, golden.searchFailed, golden.kept]);
    expect(step.step).toBeCloseTo(golden.step, 12);
    expect(step.l1Weight).toBeCloseTo(golden.l1Coeff, 14);
    expect(largestDifference(step.mask, masks[k + 1]!)).toBeLessThanOrEqual(1e-6);
    const after = record.history[k + 1];
    if (!after) continue;
    const stored = [after.score, after.l1, after.tv];
    expect(largestDifference([step.score, step.l1, step.tv], stored)).toBeLessThanOrEqual(1e-6);
  }
}
