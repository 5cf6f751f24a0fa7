import { add, div, mul, referenceBackend, sub, sum, type Tensor } from '@igos/autograd';
import {
  createMaskProblem,
  type Direction,
  directions,
  type ExplainOptions,
  explain,
  explainToEnd,
  lineSearches,
  type MaskProblem,
  NotFiniteError,
  OptionError,
  presets,
  tvWeight,
} from 'igos';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { largestDifference } from '../support/igos-golden.ts';
import {
  array,
  constantScore,
  countingBackend,
  either,
  linear,
  maskItself,
  ones,
  runAll,
} from '../support/igos-toys.ts';

afterEach(() => vi.useRealTimers());

/** Where all candidates of a search are judged at once, there are more evaluations. */
const withoutCost = ({ steps, result }: Awaited<ReturnType<typeof runAll>>) => ({
  steps: steps.map(({ evaluations: _, ...step }) => step),
  result: { ...result, evaluations: undefined },
});

const slope = linear(array([2, 3, 1], [0.4, 0.1, 0.2, 0.1, 0.1, 0.1]));
const sloped = () => maskItself([2, 3], { score: slope });

describe('two redundant cells', () => {
  const toy = () => maskItself([1, 2], { score: either, regularizers: { l1: 0.1, tv: 0 } });

  test('the plain gradient never moves: F stays 1', async () => {
    const { steps, result } = await runAll(toy(), { direction: directions.plain, onFailedSearch: 'step' });
    expect(steps.length).toBe(15);
    for (const { mask, objective } of steps) {
      expect([...mask]).toEqual([1, 1]);
      expect(objective).toBe(1);
    }
    expect(result.warnings.map(({ kind }) => kind)).toContain('zero-gradient');
  });

  test('the path gradient removes both in one step: F = lambda1', async () => {
    const { steps } = await runAll(toy(), { iterations: 1 });
    expect([...steps[0]!.mask]).toEqual([0, 0]);
    expect([...steps[0]!.scoreDirection]).toEqual([expect.closeTo(0.16625, 14), expect.closeTo(0.16625, 14)]);
    expect(steps[0]!.objective).toBeCloseTo(0.1, 15);
    expect(steps[0]!.l1).toBe(1);
  });
});

describe('identities', () => {
  test('a falling linear score goes to its corner in one step when nothing holds the mask', async () => {
    const { steps } = await runAll(sloped(), { iterations: 1 });
    expect([...steps[0]!.mask]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(steps[0]!.trials).toBe(1);
  });

  test('where image and baseline are the same the mask stays and F is the score of the image', async () => {
    const image = array([2, 3, 1], () => 0.5);
    const problem = createMaskProblem({
      ...{ score: slope, image, baseline: image, backend: referenceBackend, maskSize: [2, 3] },
    });
    const { steps, result } = await runAll(problem);
    for (const { mask, objective } of steps) {
      expect([...mask]).toEqual([...ones(6)]);
      expect(objective).toBeCloseTo(0.5, 7);
    }
    expect(result.warnings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['zero-gradient', 'baseline-keeps-class', 'constant-map']),
    );
    expect([...result.saliency.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('the direction is the gradient of what the path search compares', async () => {
    const problem = maskItself([1, 2], { score: either });
    const weights = { l1: 0.3, tv: 0.7 };
    const initMask = [0.6, 0.8].map(Math.fround);
    const { steps } = await runAll(problem, {
      ...{ ...weights, initMask, iterations: 1, lineSearch: lineSearches.armijoPath },
    });
    const h = 1e-6;
    for (const [cell, value] of initMask.entries()) {
      const at = async (moved: number) =>
        (await problem.pathObjective(initMask.with(cell, moved), { weights })).objective;
      expect(steps[0]!.direction[cell]).toBeCloseTo(((await at(value + h)) - (await at(value - h))) / (2 * h), 8);
    }
  });
});

describe('the stream of steps', () => {
  const options = { iterations: 5, l1: 0.05, tv: 0.3, step: 3 } as const;

  test('tells what is true of the mask after each step', async () => {
    const problem = sloped();
    const { steps, result } = await runAll(problem, options);
    for (const step of steps) {
      const [at] = await problem.objective([step.mask], { weights: { ...problem.weights, l1: 0.05, tv: 0.3 } });
      expect(step).toMatchObject({ score: at!.score, l1: at!.l1, tv: at!.tv, objective: at!.objective });
      expect(step.objective).toBeCloseTo(step.score + 0.05 * step.l1 + 0.3 * step.tv, 14);
    }
    expect(steps.map(({ k }) => k)).toEqual([0, 1, 2, 3, 4]);
    expect(result.start).toMatchObject({ l1: 0, tv: 0, objective: result.image.score });
    expect(result.final).toMatchObject({ score: steps.at(-1)!.score, area: steps.at(-1)!.l1 });
    expect(result.stopped).toBe('iterations');
    expect(result.mask.data).toEqual(steps.at(-1)!.mask);
  });

  test('runs as many iterations and path points as asked, and not the other way round', async () => {
    const { backend, images } = countingBackend();
    const problem = maskItself([2, 3], { score: slope, backend, path: { points: 7 } });
    const { steps, result } = await runAll(problem, { iterations: 4, step: 0.5 });
    expect(steps.length).toBe(4);
    expect(steps[0]!.pathScores!.length).toBe(7);
    const trials = steps.reduce((total, step) => total + step.trials, 0);
    for (const step of steps) expect(step.evaluations).toBe(7 + 7 + step.trials + 1);
    // Besides: image and baseline, the start, and the direction at the end that ranks ties.
    expect(result.evaluations).toBe(4 * 15 + trials + 2 + 1 + 14);
    expect(images().forward + images().gradient).toBe(result.evaluations);
  });

  test('can be left early and read step by step', async () => {
    const seen = [];
    for await (const { k } of explain(sloped(), options)) {
      seen.push(k);
      if (k === 1) break;
    }
    expect(seen).toEqual([0, 1]);
  });

  test('a stored mask is the exact state: starting there continues the run', async () => {
    const { steps } = await runAll(sloped(), options);
    const { steps: later } = await runAll(sloped(), { ...options, iterations: 3, initMask: steps[1]!.mask });
    expect(later.map(({ mask }) => mask)).toEqual(steps.slice(2).map(({ mask }) => mask));
  });

  test.each([1, 5, 20])('with noise and batch %i gives the same bytes', async (batch) => {
    const run = async (size: number) => {
      const { backend, runs } = countingBackend({ loops: false });
      const { steps, result } = await runAll(maskItself([1, 2], { score: either, backend, batch: size }), {
        ...{ iterations: 4, l1: 0.1, step: 1, noise: { sigma: 0.2, seed: 9 } },
      });
      return { numbers: withoutCost({ steps, result }), mostAtOnce: Math.max(...runs()) };
    };
    const [first, other] = [await run(3), await run(batch)];
    expect(other.numbers).toEqual(first.numbers);
    expect([first.mostAtOnce, other.mostAtOnce]).toEqual([5, Math.max(5, batch)]);
  });

  test('other seeds give other masks', async () => {
    const run = (seed: number) =>
      runAll(maskItself([1, 2], { score: either }), { step: 0.1, noise: { sigma: 0.2, seed } });
    expect((await run(1)).result.mask.data).not.toEqual((await run(2)).result.mask.data);
  });
});

describe('a failed search', () => {
  // Along the path the score rises with the mask, at the end point it falls: stepping down raises it there.
  const hump = (images: Tensor) => {
    const x = sum(images, { axes: [1, 2, 3] });
    return sub(mul(4, x), mul(2, mul(x, mul(x, x))));
  };
  const stuck = () => maskItself([1, 1], { score: hump });
  const short = { step: 0.2 };

  test('keeps the mask, says so, and ends a run without noise', async () => {
    const { steps, result } = await runAll(stuck(), short);
    expect(steps.length).toBe(1);
    expect(steps[0]).toMatchObject({ failed: true, kept: true, trials: 8 });
    expect([...steps[0]!.mask]).toEqual([1]);
    expect(result.stopped).toBe('failed-search');
    expect(result.tieBreak).toEqual(steps[0]!.scoreDirection);
    expect(result.warnings).toContainEqual({
      kind: 'search-failed',
      message: 'no step of the line search passed in 1 of 1 iterations',
    });
  });

  test('takes the last tiny step when asked, as the authors do', async () => {
    const { steps, result } = await runAll(stuck(), { ...short, onFailedSearch: 'step', iterations: 3 });
    expect(steps.length).toBe(3);
    expect(steps[0]).toMatchObject({ failed: true, kept: false });
    expect(steps[0]!.mask[0]).toBeCloseTo(1 - 2.56e-6 * steps[0]!.direction[0]!, 7);
    expect(steps[0]!.mask[0]).toBeLessThan(1);
    expect(result.stopped).toBe('iterations');
  });

  test('does not end a run with noise: the next draw may pass', async () => {
    const { steps } = await runAll(stuck(), { ...short, noise: { sigma: 1e-3 }, iterations: 3 });
    expect(steps.length).toBe(3);
    expect(steps.every(({ kept }) => kept)).toBe(true);
  });

  test('does not end a run whose L1 weight may still fall', async () => {
    const { steps } = await runAll(stuck(), { ...short, lambdaSchedule: true, iterations: 6, l1: 1 });
    expect(steps.map(({ l1Weight }) => l1Weight)).toEqual([1, 1, 1, 1, 0.1, 0.02]);
  });

  test('kept leaves the start of the next search untouched', async () => {
    const { steps } = await runAll(stuck(), { ...short, noise: { sigma: 1e-3 }, iterations: 2 });
    expect(steps[1]!.searchStart).toBe(steps[0]!.searchStart);
  });
});

describe('the L1 weight', () => {
  test('after the schedule has fired the next search starts from the objective with the new weight', async () => {
    const problem = maskItself([1, 2], { score: constantScore(0.5) });
    const { steps } = await runAll(problem, {
      ...{ lambdaSchedule: true, iterations: 6, l1: 0.4, tv: 0, initMask: [0.5, 0.5] },
      ...{ lineSearch: lineSearches.fixed, step: 1e-3 },
    });
    expect(steps.map(({ l1Weight }) => l1Weight)).toEqual([0.4, 0.4, 0.4, 0.4, 0.04, 0.008]);
    expect(steps[4]!.searchStart).toBeCloseTo(0.5 + 0.04 * steps[3]!.l1, 12);
  });

  test('given to a run replaces that of the problem', async () => {
    const { steps } = await runAll(sloped(), { iterations: 1, l1: 0.7 });
    expect(steps[0]).toMatchObject({ l1Weight: 0.7, tvWeight: 0 });
  });
});

describe('stopping', () => {
  const endless = { iterations: 1000, step: 1e-3, lineSearch: lineSearches.fixed } as const;

  test('an aborted signal ends the run with what it has', async () => {
    const controller = new AbortController();
    const run = explain(sloped(), { ...endless, signal: controller.signal });
    const result = await explainToEnd(run, ({ k }) => k === 2 && controller.abort());
    expect(result).toMatchObject({ stopped: 'aborted', iterations: 3 });
    expect(result.tieBreak?.length).toBe(6);
  });

  test('it is heard inside an iteration, whose work is dropped', async () => {
    const controller = new AbortController();
    let calls = 0;
    const problem: MaskProblem = { ...sloped() };
    const watched: MaskProblem = {
      ...problem,
      objective: (masks, options) => {
        if (++calls === 4) controller.abort();
        return problem.objective(masks, options);
      },
    };
    const result = await explainToEnd(explain(watched, { ...endless, signal: controller.signal }));
    expect(result).toMatchObject({ stopped: 'aborted', iterations: 1 });
  });

  test('then a direction of your own is not asked again', async () => {
    const controller = new AbortController();
    let asked = 0;
    const direction: Direction = async ({ mask }) => {
      asked++;
      return { gradient: Float64Array.from(mask, () => asked) };
    };
    const run = explain(sloped(), { ...endless, direction, signal: controller.signal });
    const result = await explainToEnd(run, ({ k }) => k === 2 && controller.abort());
    expect([asked, ...result.tieBreak!]).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  test('a signal aborted beforehand still gives a result: the start', async () => {
    const { result } = await runAll(sloped(), { ...endless, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ stopped: 'aborted', iterations: 0, start: result.start });
    expect([...result.mask.data]).toEqual([...ones(6)]);
  });

  test('the time limit counts from the start of the run', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const run = explain(sloped(), { ...endless, timeLimit: 10 });
    const result = await explainToEnd(run, () => vi.setSystemTime(Date.now() + 4000));
    expect(result).toMatchObject({ stopped: 'time', iterations: 3 });
  });

  test('a small change of the objective ends the run where a tolerance is given', async () => {
    const { steps, result } = await runAll(sloped(), { ...endless, tolerance: 1e-2 });
    expect([steps.length, result.stopped]).toEqual([1, 'tolerance']);
    const { result: strict } = await runAll(sloped(), { ...endless, iterations: 5, tolerance: 1e-9 });
    expect(strict.stopped).toBe('iterations');
  });
});

describe('numbers that are not finite', () => {
  /** 0/0 as soon as the mask falls below one half. */
  const breaking = (images: Tensor) => {
    const x = sum(images, { axes: [1, 2, 3] });
    const low = sub(x, 1.5);
    return add(mul(0.1, x), sub(div(low, low), 1));
  };

  test('are told by iteration and quantity, with the best mask so far', async () => {
    const problem = maskItself([1, 2], { score: breaking, path: { points: 1 } });
    const options = { lineSearch: lineSearches.fixed, step: 2.5, iterations: 5 } as const;
    const error = await explainToEnd(explain(problem, options)).catch((reason) => reason);
    expect(error).toBeInstanceOf(NotFiniteError);
    expect(error).toMatchObject({ iteration: 0, quantity: 'score' });
    expect(error.message).toContain('the score is not finite in iteration 0');
    expect(error.bestMask.shape).toEqual([1, 2]);
    expect([...error.bestMask.data]).toEqual([1, 1]);
  });

  test.each([
    ['path gradient', { direction: async () => ({ gradient: Float64Array.of(Number.NaN, 0) }) }, 'direction'],
    ['its square', { direction: async () => ({ gradient: Float64Array.of(1e200, 0) }) }, 'length of the direction'],
  ] as const)('in the %s', async (_, options, quantity) => {
    const run = runAll(maskItself([1, 2], { score: either }), options);
    await expect(run).rejects.toMatchObject({ name: 'NotFiniteError', iteration: 0, quantity });
  });

  test('in a custom term', async () => {
    const custom = [{ name: 'odd', value: () => Number.NaN, gradient: () => new Float64Array(2) }];
    const problem = maskItself([1, 2], { score: either, regularizers: { custom } });
    await expect(runAll(problem)).rejects.toThrow('the odd term is not finite');
  });

  test('in the start mask', async () => {
    await expect(runAll(sloped(), { initMask: ones(6).fill(Number.NaN) })).rejects.toThrow(NotFiniteError);
  });
});

describe('settings', () => {
  test.each([
    [{ iterations: 0 }, 'iterations must be an integer at least 1, got 0'],
    [{ iterations: 2.5 }, 'iterations must be an integer at least 1, got 2.5'],
    [{ l1: -1 }, 'l1 must be a number at least 0, got -1'],
    [{ tv: Number.NaN }, 'tv must be a number at least 0, got NaN'],
    [{ noise: { sigma: -0.1 } }, 'noise.sigma must be a number at least 0, got -0.1'],
    [{ noise: { sigma: 0.1, seed: -1 } }, 'noise.seed must be an integer at least 0, got -1'],
    [{ seed: 0.5 }, 'seed must be an integer at least 0, got 0.5'],
    [{ step: 0 }, 'step must be a number above 0, got 0'],
    [{ stepDecay: 1 }, 'stepDecay must be a number above 0 and below 1, got 1'],
    [{ armijo: -1 }, 'armijo must be a number at least 0 and below 1, got -1'],
    [{ minStep: 0 }, 'minStep must be a number above 0, got 0'],
    [{ tolerance: -1 }, 'tolerance must be a number at least 0, got -1'],
    [{ timeLimit: 0 }, 'timeLimit must be a number above 0, got 0'],
    [{ initMask: [1, 1] }, 'a start mask of 2x3 needs 6 values, got 2'],
    [{ initMask: [2, 1, 1, 1, 1, 1] }, 'a start mask needs values from 0 to 1, got 2'],
    [{ direction: 'plain' }, "direction must be a function such as directions.integrated, got 'plain'"],
    [{ direction: null }, 'direction must be a function such as directions.integrated, got object'],
    [{ lineSearch: 'armijo' }, "lineSearch must be a function such as lineSearches.armijo, got 'armijo'"],
    [{ lineSearch: lineSearches.armijo() }, 'lineSearch must be a function such as lineSearches.armijo, got object'],
    [{ method: 'gradient' }, "method must be a function such as methods.igos, got 'gradient'"],
    [{ method: 7 }, 'method must be a function such as methods.igos, got number'],
    // What is misspelt is undefined, and must not be taken for the default.
    [{ direction: undefined }, 'direction must be a function such as directions.integrated, got undefined'],
    [{ lineSearch: undefined }, 'lineSearch must be a function such as lineSearches.armijo, got undefined'],
    [{ method: undefined }, 'method must be a function such as methods.igos, got undefined'],
  ])('%o is refused in one line', async (options, message) => {
    const run = runAll(sloped(), options as ExplainOptions);
    await expect(run).rejects.toThrow(OptionError);
    await expect(runAll(sloped(), options as ExplainOptions)).rejects.toThrow(message);
  });

  test('the presets are the two of the contract', () => {
    expect(presets.small).toMatchObject({
      l1: 0.1,
      tv: 1,
      tvScale: true,
      onFailedSearch: 'keep',
      lambdaSchedule: false,
    });
    expect(presets.paper).toMatchObject({
      l1: 1,
      tv: 20,
      tvScale: false,
      onFailedSearch: 'step',
      lambdaSchedule: true,
    });
  });

  test('the scaled TV weight follows the smaller side', () => {
    expect(tvWeight(presets.small, [28, 28])).toBe(1);
    expect(tvWeight(presets.small, [5, 9])).toBeCloseTo(4 / 27, 15);
    expect(tvWeight(presets.small, [1, 9])).toBe(0);
    expect(tvWeight(presets.paper, [5, 9])).toBe(20);
  });
});

describe('your own parts', () => {
  test('a direction of your own moves the mask', async () => {
    const { steps } = await runAll(sloped(), {
      ...{ iterations: 1, lineSearch: lineSearches.fixed, step: 0.25 },
      direction: async ({ mask }) => ({ gradient: Float64Array.from(mask, (_, i) => (i === 2 ? 1 : 0)) }),
    });
    expect([...steps[0]!.mask]).toEqual([1, 1, 0.75, 1, 1, 1]);
  });

  test('a line search of your own decides how far', async () => {
    const { steps } = await runAll(sloped(), {
      iterations: 2,
      lineSearch: () => ({
        judges: 'endpoint',
        search: async ({ mask, evaluate, start }) => {
          const candidate = Float64Array.from(mask, (value) => value / 2);
          const values = await evaluate(candidate);
          return { candidate, failed: false, trials: [{ step: 1, ...values, margin: values.objective - start }] };
        },
      }),
    });
    expect(largestDifference(steps[1]!.mask, new Float32Array(6).fill(0.25))).toBe(0);
  });
});

describe('warnings', () => {
  const kinds = async (score: number, atBaseline: number) => {
    // The score is a straight line between its values on black and on white.
    const line = (images: Tensor) => add(atBaseline, mul(score - atBaseline, sum(images, { axes: [1, 2, 3] })));
    const { result } = await runAll(maskItself([1, 1], { score: line }), { iterations: 2 });
    return result.warnings.map(({ kind }) => kind);
  };

  test('a baseline that keeps more than half of the probability', async () => {
    expect(await kinds(0.9, 0.5)).toContain('baseline-keeps-class');
    expect(await kinds(0.9, 0.4)).not.toContain('baseline-keeps-class');
  });

  test('a target that the network is not sure of', async () => {
    expect(await kinds(0.1, 0)).toContain('low-confidence');
    expect(await kinds(0.5, 0)).not.toContain('low-confidence');
  });

  test('neither for scores that are no probabilities', async () => {
    expect(await kinds(-3, -4)).not.toContain('low-confidence');
    expect(await kinds(7, 6)).not.toContain('baseline-keeps-class');
  });

  test('a constant map', async () => {
    expect(await kinds(0.9, 0.1)).toContain('constant-map');
  });
});
