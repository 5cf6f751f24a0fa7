import type { Backend } from '@igos/autograd';
import { checkFinite } from '../checks.ts';
import type { MaskSize } from '../mask.ts';
import { graphTerm } from '../regularizers/graph-term.ts';
import { type RegularizerName, regularizers, type Weights } from '../regularizers/index.ts';
import type { Regularizer } from '../regularizers/regularizer.ts';
import type { Bilinear } from './bilinear.ts';
import type { PenaltyValues } from './mask-problem.ts';
import type { ResolvedProblem } from './problem-options.ts';

/** The part of the objective that looks at the mask alone. */
export interface Penalties {
  values(mask: ArrayLike<number>, weights: Weights): Promise<PenaltyValues>;
  gradient(mask: ArrayLike<number>, weights: Weights): Promise<Float64Array>;
  dispose(): void;
}

/** Terms that are reported even at weight 0. */
const reported: readonly RegularizerName[] = ['l1', 'tv'];

export function makePenalties(problem: ResolvedProblem, upsampling: Bilinear): Penalties {
  const { maskSize, custom, backend } = problem;
  const names = Object.keys(regularizers) as RegularizerName[];
  const context = { ...problem, image: problem.image.data, upsampling };
  const lazily = <T>(make: () => T) => {
    let made: T | undefined;
    return () => {
      made ??= make();
      return made;
    };
  };
  const terms = names.map((name) => ({ name, term: lazily(() => regularizers[name](context)) }));
  // A bad exponent must be told at once, not in the first iteration.
  for (const { name, term } of terms) if (reported.includes(name)) term();
  const own = custom.map((term) => asRegularizer(term, { maskSize, backend }));

  return {
    values: async (mask, weights) => {
      const found = { l1: 0, tv: 0 };
      let total = 0;
      for (const { name, term } of terms) {
        if (weights[name] === 0 && !reported.includes(name)) continue;
        const value = term().value(mask, maskSize);
        checkFinite(`${name} term`, [value]);
        if (name === 'l1' || name === 'tv') found[name] = value;
        total += weights[name] * value;
      }
      for (const { regularizer } of own) {
        const value = await regularizer.value(mask, maskSize);
        checkFinite(`${regularizer.name} term`, [value]);
        total += value;
      }
      return { ...found, total };
    },
    gradient: async (mask, weights) => {
      const sum = new Float64Array(mask.length);
      const accumulate = (weight: number, slope: Float64Array) => {
        for (let i = 0; i < sum.length; i++) sum[i]! += weight * slope[i]!;
      };
      for (const { name, term } of terms) {
        if (weights[name] !== 0) accumulate(weights[name], term().gradient(mask, maskSize));
      }
      for (const { regularizer } of own) {
        const slope = await regularizer.gradient(mask, maskSize);
        checkFinite(`gradient of the ${regularizer.name} term`, slope);
        accumulate(1, slope);
      }
      return sum;
    },
    dispose: () => {
      for (const { dispose } of own) dispose();
    },
  };
}

function asRegularizer(
  term: ResolvedProblem['custom'][number],
  context: { readonly maskSize: MaskSize; readonly backend: Backend },
): { readonly regularizer: Regularizer; dispose(): void } {
  if (typeof term !== 'function') return { regularizer: term, dispose: () => undefined };
  const regularizer = graphTerm(term, context);
  return { regularizer, dispose: regularizer.dispose };
}
