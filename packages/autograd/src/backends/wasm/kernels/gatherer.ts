import type { Code } from '../writer/code.ts';
import { set } from '../writer/function-writer.ts';
import { f32x4, f64x2, v128 } from '../writer/instructions.ts';
import type { KernelWriter } from './kernel-writer.ts';

/** Gathers vectors into one: how sums and maxima are taken. */
export interface Gatherer {
  /** What changes nothing: for lanes that are to be left out. */
  readonly neutral: number;
  readonly start: Code;
  readonly add: (vector: Code) => Code;
  /** Each lane's own result. */
  readonly lanes: Code;
  /** The result of all four lanes together, in lane 0. */
  readonly joined: Code;
}

/** Adds in float64, so that the sum of a whole image is as good as its elements. */
export function sumGatherer(f: KernelWriter): Gatherer {
  const [low, high, vector] = f.locals('v128', 3);
  const narrow = (wide: Code) => f32x4.fromF64(wide);
  const both = f.local('v128');
  return {
    neutral: 0,
    start: [set(low, f.constant(0)), set(high, f.constant(0))],
    add: (value) => [
      set(vector, value),
      set(low, f64x2.add(low.get, f64x2.fromF32(vector.get))),
      set(high, f64x2.add(high.get, f64x2.fromF32(v128.shuffle(vector.get, vector.get, [2, 3, 2, 3])))),
    ],
    lanes: v128.shuffle(narrow(low.get), narrow(high.get), [0, 1, 4, 5]),
    joined: [
      set(both, f64x2.add(low.get, high.get)),
      narrow(f64x2.add(both.get, v128.shuffle(both.get, both.get, [2, 3, 0, 1]))),
    ],
  };
}

/** NaN wins, as in `Math.max`. */
export function maxGatherer(f: KernelWriter): Gatherer {
  const best = f.local('v128');
  const rotated = (lanes: readonly number[]) => v128.shuffle(best.get, best.get, lanes);
  return {
    neutral: Number.NEGATIVE_INFINITY,
    start: set(best, f.constant(Number.NEGATIVE_INFINITY)),
    add: (value) => set(best, f32x4.max(best.get, value)),
    lanes: best.get,
    joined: [set(best, f32x4.max(best.get, rotated([2, 3, 0, 1]))), f32x4.max(best.get, rotated([1, 0, 3, 2]))],
  };
}
