import { type ExplainOptions, explain, explainToEnd, lineSearches } from 'igos';
import { alternate } from '../alternate.ts';
import { describeRun, ourExplanation } from '../explanation.ts';
import { openBackend } from '../ours.ts';
import { compileNativeLoop } from '../peaks/native-loop.ts';
import { type Comparison, rateRatio, timingOf, type Value } from '../results/outcome.ts';
import { atLeast, atMost, type Group, longTurns } from '../results/row.ts';
import { lite0Subject, problemOf } from '../subjects.ts';

/** Multiplications and additions of EfficientNet-Lite0 for one image; backward takes as many as forward. */
const flopPerPass = 0.77e9;

/** `igos explain --noise 0.2`: 0.2 · 0.225 · the range of the input, 255 / 128. */
const defaultNoise = { sigma: 0.2 * 0.225 * (255 / 128), seed: 0 };

/** A whole explanation of ours against what the machine could do, and what noise adds. */
export const lite0Work: Group = {
  title: 'Whole I-GOS, work a second and noise',
  rows: [
    {
      id: 'igos-lite0-work',
      measure:
        'whole I-GOS, EfficientNet-Lite0, one thread: counted work a second against the native 128-bit multiply-add loop',
      unit: 'share',
      bar: atLeast(0.53, 0.7),
    },
    {
      id: 'igos-lite0-noise',
      measure: 'the same with the default noise against without, time for the same counted work',
      unit: 'times',
      bar: atMost(1.08, 1.02),
    },
  ],
  run: async (context) => {
    const backend = openBackend(1);
    const problem = await problemOf(await lite0Subject(), backend);
    try {
      const plain = await ourExplanation(problem, { name: 'ours, no noise', flopPerPass });
      const noisy = await ourExplanation(problem, {
        ...{ name: 'ours, default noise', flopPerPass },
        options: { noise: defaultNoise },
      });
      for (const run of [plain, noisy]) context.log(describeRun(run));
      const loop = nativeLoop();
      const cases = [...loop.cases, plain.timed, noisy.timed];
      const comparison: Comparison = {
        subject: 'EfficientNet-Lite0',
        ...(await alternate(cases, longTurns(context))),
      };
      const [withoutNoise, withNoise] = [plain, noisy].map(({ timed }) => timingOf(comparison, timed.name));
      const notes = [plain, noisy].map(describeRun);
      const result = (value: Value) => ({ value, comparisons: [{ ...comparison, value }], notes });
      return {
        'igos-lite0-work': loop.error
          ? { error: loop.error }
          : result(rateRatio(withoutNoise!, timingOf(comparison, nativeName))),
        'igos-lite0-noise': result(rateRatio(withoutNoise!, withNoise!)),
      };
    } finally {
      problem.dispose();
      backend.dispose();
    }
  },
};

const nativeName = 'native loop, 128-bit multiply-add';

function nativeLoop() {
  try {
    return { cases: [{ name: nativeName, ...compileNativeLoop() }] };
  } catch (error) {
    return { cases: [], error: error instanceof Error ? error.message : String(error) };
  }
}

const maskSides = [7, 14, 28, 56, 112, 224];

/** One iteration with a fixed step: the same number of evaluations whatever the mask. */
const oneIteration: ExplainOptions = { iterations: 1, lineSearch: lineSearches.fixed };

/** Masks from a few cells to a cell a pixel. */
export const maskSizes: Group = {
  title: 'Mask sizes',
  rows: [
    {
      id: 'mask-size',
      measure: 'time of an explanation with masks of 7 to 224 cells a side: slowest over fastest',
      unit: 'percent',
      bar: atMost(0.15, 0.05),
    },
  ],
  run: async (context) => {
    const backend = openBackend(1);
    try {
      const subject = await lite0Subject();
      const cases = [];
      for (const side of maskSides) {
        const problem = await problemOf({ ...subject, maskSize: [side, side] }, backend);
        const run = async () => void (await explainToEnd(explain(problem, oneIteration)));
        cases.push({ name: `mask ${side} × ${side}`, run });
      }
      const alternation = await alternate(cases, longTurns(context));
      const spread = (pick: 'best' | 'median') => {
        const times = alternation.timings.map((timing) => timing[pick]);
        return Math.max(...times) / Math.min(...times) - 1;
      };
      const value = { best: spread('best'), median: spread('median') };
      return { 'mask-size': { value, comparisons: [{ subject: 'EfficientNet-Lite0', value, ...alternation }] } };
    } finally {
      backend.dispose();
    }
  },
};
