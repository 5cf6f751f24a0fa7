import { checkFinite, describe } from '../checks.ts';
import { OptionError } from '../errors.ts';
import { graphTerm } from '../regularizers/graph-term.ts';
import { l1 } from '../regularizers/l1.ts';
import type { Regularizer, Weights } from '../regularizers/regularizer.ts';
import { totalVariation } from '../regularizers/total-variation.ts';
import type { PenaltyValues } from './objective.ts';
import type { ResolvedProblem } from './problem-options.ts';

/** The part of the objective that looks at the mask alone. */
export interface Penalties {
  values(mask: ArrayLike<number>, weights: Weights): Promise<PenaltyValues>;
  gradient(mask: ArrayLike<number>, weights: Weights): Promise<Float64Array>;
  dispose(): void;
}

export function makePenalties({ maskSize, tvBeta, custom, backend }: ResolvedProblem): Penalties {
  const own = custom.map((term): Regularizer => {
    if (typeof term === 'function') return graphTerm(term, { maskSize, backend });
    if (typeof term?.gradient === 'function') return term;
    throw new OptionError(
      `regularizers.custom takes functions of a mask, or a value and its gradient, got ${describe(term)}`,
    );
  });
  const terms: readonly Regularizer[] = [l1, totalVariation(tvBeta), ...own];
  /** Terms of one's own have their weights inside. */
  const weightOf = (i: number, { l1, tv }: Weights) => [l1, tv][i] ?? 1;

  return {
    values: async (mask, weights) => {
      const values = await Promise.all(terms.map((term) => term.value(mask, maskSize)));
      for (const [i, { name }] of terms.entries()) checkFinite(`${name} term`, [values[i]!]);
      const [l1, tv] = values as [number, number];
      return { l1, tv, penalty: values.reduce((sum, value, i) => sum + weightOf(i, weights) * value, 0) };
    },
    gradient: async (mask, weights) => {
      const sum = new Float64Array(mask.length);
      for (const [i, term] of terms.entries()) {
        const weight = weightOf(i, weights);
        if (weight === 0) continue;
        const slope = await term.gradient(mask, maskSize);
        checkFinite(`gradient of the ${term.name} term`, slope);
        for (let cell = 0; cell < sum.length; cell++) sum[cell]! += weight * slope[cell]!;
      }
      return sum;
    },
    dispose: () => {
      for (const term of own) term.dispose?.();
    },
  };
}
