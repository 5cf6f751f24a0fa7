import { directions, type LineSearchFactory, lineSearches, type SearchPoint, type SearchSettings } from 'igos';
import { describe, expect, test } from 'vitest';
import { array, either, linear, maskItself, ones, runAll } from '../support/igos-toys.ts';

const settings: SearchSettings = { step: 200, stepDecay: 0.2, armijo: 1e-4, minStep: 1e-5 };

/** A search over masks whose objective is a function of the mask alone. */
function pointOf(
  objective: (mask: ArrayLike<number>) => number,
  { mask, direction, iteration = 0 }: { mask: number[]; direction: number[]; iteration?: number },
): SearchPoint & { readonly evaluated: Float64Array[] } {
  const evaluated: Float64Array[] = [];
  return {
    ...{ iteration, mask: Float32Array.from(mask), direction: Float64Array.from(direction), start: objective(mask) },
    evaluated,
    evaluate: async (candidate) => {
      evaluated.push(candidate);
      const score = objective(candidate);
      return { score, l1: 0, tv: 0, penalty: 0, objective: score };
    },
  };
}

const run = (lineSearch: LineSearchFactory, point: SearchPoint, changes: Partial<SearchSettings> = {}) =>
  lineSearch().search(point, { ...settings, ...changes });

describe('armijo', () => {
  test('tries 200, 40, 8, … and takes the first that keeps its promise', async () => {
    // Lowest at 0.5: long steps overshoot to 0, where the objective is as high as at 1.
    const point = pointOf((m) => (m[0]! - 0.5) ** 2, { mask: [1], direction: [0.1] });
    const { trials, failed, candidate } = await run(lineSearches.armijo, point);
    expect(trials.map(({ step }) => step)).toEqual([200, 40, 8].map((step) => expect.closeTo(step, 12)));
    expect(failed).toBe(false);
    expect(candidate[0]).toBeCloseTo(0.2, 14);
    expect(trials.map(({ margin }) => margin > 0)).toEqual([true, true, false]);
  });

  test('logs how far each trial is from what was demanded: F − (F₀ − armijo · a · ‖d‖²)', async () => {
    const point = pointOf((m) => m[0]! ** 2, { mask: [1, 1], direction: [0.5, 2] });
    const { trials } = await run(lineSearches.armijo, point, { step: 0.4, armijo: 0.1 });
    expect(trials[0]!.objective).toBeCloseTo(0.64, 14);
    expect(trials[0]!.margin).toBeCloseTo(0.64 - (1 - 0.1 * 0.4 * 4.25), 14);
  });

  test('accepts a margin of exactly 0', async () => {
    const { failed, trials } = await run(
      lineSearches.armijo,
      pointOf(() => 1, { mask: [0.5], direction: [0] }),
    );
    expect([failed, trials.length, trials[0]!.margin]).toEqual([false, 1, 0]);
  });

  test('gives up after 12 trials from 200, the last below the smallest step', async () => {
    const { failed, trials } = await run(
      lineSearches.armijo,
      pointOf((m) => -m[0]!, { mask: [1], direction: [1] }),
    );
    expect(failed).toBe(true);
    expect(trials.length).toBe(12);
    expect(trials[10]!.step).toBeGreaterThanOrEqual(1e-5);
    expect(trials[11]!.step).toBeCloseTo(4.096e-6, 15);
  });

  test('gives up after 13 trials from 1000', async () => {
    const point = pointOf((m) => -m[0]!, { mask: [1], direction: [1] });
    expect((await run(lineSearches.armijo, point, { step: 1000 })).trials.length).toBe(13);
  });

  test('a first step below the smallest still gets a second trial', async () => {
    const point = pointOf((m) => -m[0]!, { mask: [1], direction: [1] });
    expect((await run(lineSearches.armijo, point, { step: 1e-6 })).trials.length).toBe(2);
  });

  test('fails where every cell is pinned: the raw direction demands what no candidate can bring', async () => {
    const { failed, trials, candidate } = await run(
      lineSearches.armijo,
      pointOf((m) => m[0]! + m[1]!, { mask: [0, 0], direction: [1, 1] }),
    );
    expect([failed, trials.length, ...candidate]).toEqual([true, 12, 0, 0]);
  });

  test('sees differences far below float32: decisions are made in float64', async () => {
    const point = pointOf((m) => 1 + 1e-9 * m[0]!, { mask: [1], direction: [1e-3] });
    const { trials, failed } = await run(lineSearches.armijo, point, { armijo: 1e-8 });
    expect(failed).toBe(false);
    expect(trials[0]!.margin).toBeLessThan(0);
  });
});

describe('armijoProjected', () => {
  test('asks nothing for cells that cannot move, so the others may take long steps', async () => {
    const objective = (m: ArrayLike<number>) => 100 * m[0]! + 0.01 * m[1]!;
    const place = { mask: [0, 1], direction: [100, 0.01] };
    const raw = await run(lineSearches.armijo, pointOf(objective, place));
    const projected = await run(lineSearches.armijoProjected, pointOf(objective, place));
    expect(projected.trials.length).toBe(1);
    expect(raw.trials.length).toBeGreaterThan(1);
    expect([...projected.candidate]).toEqual([0, 0]);
  });

  test('demands armijo · d·(m − z)', async () => {
    const point = pointOf((m) => m[0]!, { mask: [0.5, 1], direction: [1, -1] });
    const { trials } = await run(lineSearches.armijoProjected, point, { step: 0.25, armijo: 0.5 });
    expect(trials[0]!.margin).toBeCloseTo(0.25 - (0.5 - 0.5 * 0.25), 14);
  });
});

describe('fixed', () => {
  test('takes the first step, whatever it does, and logs its margin', async () => {
    const { trials, failed, candidate } = await run(
      lineSearches.fixed,
      pointOf((m) => -m[0]!, { mask: [1], direction: [0.01] }),
      { step: 10 },
    );
    expect([failed, trials.length]).toEqual([false, 1]);
    expect(trials[0]!.margin).toBeGreaterThan(0);
    expect(candidate[0]).toBeCloseTo(0.9, 14);
  });
});

describe('nag', () => {
  test('follows y = m − a·d, m = clamp(y + k/(k + 3)·(y − y before)), one trial each', async () => {
    const search = lineSearches.nag();
    const at = (iteration: number, mask: number[], direction: number[]) =>
      search.search(
        pointOf((m) => m[0]!, { mask, direction, iteration }),
        { ...settings, step: 0.1 },
      );
    const first = await at(0, [1, 0.5], [1, 1]);
    expect([...first.candidate]).toEqual([expect.closeTo(0.9, 14), expect.closeTo(0.4, 14)]);
    const second = await at(1, [...first.candidate], [1, -2]);
    const ahead = [Math.fround(0.9) - 0.1, Math.fround(0.4) + 0.2];
    const momentum = [ahead[0]! + (ahead[0]! - 0.9) / 4, ahead[1]! + (ahead[1]! - 0.4) / 4];
    for (const [i, value] of second.candidate.entries()) expect(value).toBeCloseTo(momentum[i]!, 7);
    expect(second.trials.length).toBe(1);
  });

  test('forgets when a new run begins', async () => {
    const problem = maskItself([2, 2], { score: linear(array([2, 2, 1], () => 0.1)) });
    const options = { lineSearch: lineSearches.nag, step: 0.5, iterations: 4 } as const;
    expect((await runAll(problem, options)).steps).toEqual((await runAll(problem, options)).steps);
  });
});

describe('in a run', () => {
  test.each(Object.entries(lineSearches))('%s leaves its mark on the trials', async (_, lineSearch) => {
    const problem = maskItself([2, 3], { score: linear(array([2, 3, 1], [1, 2, 3, -1, 0, 1])) });
    const { steps } = await runAll(problem, { lineSearch, iterations: 3, step: 0.05 });
    expect(steps.length).toBe(3);
    for (const { trialLog, trials, step } of steps) {
      expect(trials).toBe(trialLog.length);
      expect(step).toBe(trialLog.at(-1)!.step);
    }
    expect(steps.every(({ trials }) => trials === 1)).toBe(true);
    const kind = lineSearch === lineSearches.armijoPath ? 0.525 : 1;
    expect(steps[0]!.searchStart).toBeCloseTo(kind * 6, 12);
  });

  test('without noise and with a path search, J + g never rises', async () => {
    const problem = maskItself([1, 2], { score: either });
    const { steps } = await runAll(problem, {
      ...{ lineSearch: lineSearches.armijoPath, iterations: 8, l1: 0.3, tv: 0.1, step: 2 },
    });
    expect(steps.length).toBeGreaterThanOrEqual(4);
    const starts = steps.map(({ searchStart }) => searchStart);
    for (let k = 1; k < starts.length; k++) expect(starts[k]!).toBeLessThanOrEqual(starts[k - 1]! + 1e-6);
  });

  test('a path search judges all trials of an iteration with the noise of its direction', async () => {
    const problem = maskItself([1, 2], { score: either });
    const { steps } = await runAll(problem, {
      lineSearch: lineSearches.armijoPath,
      iterations: 2,
      l1: 0.3,
      noise: { sigma: 0.3, seed: 4 },
    });
    for (const [k, { searchStart, mask, trialLog, pathScores }] of steps.entries()) {
      const noise = { sigma: 0.3, seed: 4, iteration: k };
      const before = k === 0 ? ones(2) : steps[k - 1]!.mask;
      const { scores, average } = await problem.pathScore(before, { noise });
      expect(pathScores).toEqual(scores);
      expect(searchStart).toBe(average + 0.3 * (k === 0 ? 0 : steps[k - 1]!.l1));
      expect(trialLog.at(-1)!.score).toBeCloseTo((await problem.pathScore(mask, { noise })).average, 6);
    }
  });

  test('a path search under a plain direction runs the path by itself', async () => {
    const problem = maskItself([1, 2], { score: linear(array([1, 2, 1], [1, 2])) });
    const { steps } = await runAll(problem, {
      lineSearch: lineSearches.armijoPath,
      direction: directions.plain,
      iterations: 1,
    });
    expect(steps[0]!.searchStart).toBeCloseTo(3 * 0.525, 14);
    expect(steps[0]!.pathScores).toBeUndefined();
  });
});
