import { deletionInsertion, explain, type Step } from 'igos';
import { describe, expect, test } from 'vitest';
import { goldenModel, goldenRuns, largestDifference, optionsOf, problemMaker } from './igos-golden.ts';

/**
 * Replays every stored iteration of a network's golden runs in float64: from each stored mask one iteration has to give
 * the next stored mask to 1e-6, with the same step length, the same trials and the same terms.
 */
export function replayGoldenRuns(network: string, expected: { readonly runs: number }): void {
  const runs = goldenRuns(network);

  describe(`stored iterations of ${network}`, async () => {
    const problemOf = problemMaker(await goldenModel(network));

    test('all records are there', () => expect(runs.length).toBe(expected.runs));

    test.each(runs.map((run) => [run.name, run] as const))('%s', async (_, run) => {
      const { record, masks, firstDirection, saliency } = run;
      const problem = problemOf(run);
      const options = optionsOf(record);
      for (const [i, golden] of record.history.entries()) {
        const step = await oneStep(problem, {
          ...options,
          iterations: 1,
          l1: golden.l1Coeff,
          lambdaSchedule: false,
          initMask: masks[i]!,
        });
        expect(step.step, `step of iteration ${i}`).toBeCloseTo(golden.step, 12);
        expect([step.trials, step.failed, step.kept], `search of iteration ${i}`).toEqual([
          golden.trials,
          golden.searchFailed,
          golden.kept,
        ]);
        expect(largestDifference(step.mask, masks[i + 1]!), `mask after iteration ${i}`).toBeLessThanOrEqual(1e-6);
        expect(step.searchStart, `start of iteration ${i}`).toBeCloseTo(golden.total, 9);
        expect(sumOfSquares(step.direction) / golden.gradNorm2).toBeCloseTo(1, 6);
        for (const [j, trial] of golden.trialLog.entries()) {
          const ours = step.trialLog[j]!;
          const terms = [ours.score, ours.l1, ours.tv, ours.objective, ours.margin];
          const stored = [trial.score, trial.l1, trial.tv, trial.total, trial.margin];
          expect(largestDifference(terms, stored), `trial ${j} of iteration ${i}`).toBeLessThanOrEqual(1e-7);
        }
        if (i === 0) {
          expect(largestDifference(step.scoreDirection, firstDirection.data)).toBeLessThanOrEqual(1e-7);
          if (step.pathScores) expect(largestDifference(step.pathScores, record.ig0Scores)).toBeLessThanOrEqual(1e-9);
        }
      }
      const areas = await deletionInsertion(problem, saliency, { ties: 'index' });
      const { product } = record.curves;
      expect(Math.abs(areas.deletion.auc - product.deletionAuc)).toBeLessThanOrEqual(1e-8);
      expect(Math.abs(areas.insertion.auc - product.insertionAuc)).toBeLessThanOrEqual(1e-8);
      expect(largestDifference(areas.deletion.curve, product.deletion)).toBeLessThanOrEqual(1e-8);
      expect(largestDifference(areas.insertion.curve, product.insertion)).toBeLessThanOrEqual(1e-8);
    });
  });
}

async function oneStep(...args: Parameters<typeof explain>): Promise<Step> {
  const { value, done } = await explain(...args).next();
  if (done) throw new Error('the run ended without an iteration');
  return value;
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
