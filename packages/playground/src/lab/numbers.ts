import { count, figure, percent } from '../words/language.ts';
import type { LabResult } from './run-store.ts';
import type { LabWords } from './words.ts';

export type NumberName = keyof LabWords['numbers'];

/** The numbers of a run that readers compare; those that a run does not have are undefined. */
export function numbersOf({ view }: LabResult): Readonly<Record<NumberName, number | undefined>> {
  const { result, metrics, steps, seconds } = view;
  const { image, baseline, final, evaluations } = result;
  return {
    ...{ before: image.score, baseline: baseline.score, after: final.score, area: final.area },
    ...{ deletion: metrics?.deletion.auc, insertion: metrics?.insertion.auc, objective: final.objective },
    ...{ steps: steps.length, evaluations, seconds },
  };
}

/** A number of this name as a reader reads it. Scores are shares, unless they are logits. */
export function numberText(name: NumberName, value: number | undefined, isShare: boolean): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (name === 'steps' || name === 'evaluations') return count(value);
  const share = name === 'area' || (isShare && ['before', 'baseline', 'after'].includes(name));
  return share ? percent(value) : figure(value, 3);
}
