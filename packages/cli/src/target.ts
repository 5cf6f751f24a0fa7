import type { Backend } from '@igos/autograd';
import { parseTarget, type ScoreFunction, scoreOfModel, type Target, topClass } from 'igos';
import { CliError, exitCodes } from './errors.ts';
import type { ScoreKindName } from './options/model-options.ts';
import { labelOf, type OutputFacts, type Subject } from './subject.ts';

/** What is explained, resolved. */
export interface ChosenTarget {
  readonly target: Target;
  /** null for a sum of several values. */
  readonly index: number | null;
  readonly label: string;
  readonly score: ScoreFunction;
  /** The same as a probability; undefined where no softmax makes the output. */
  readonly probability: ScoreFunction | undefined;
}

export interface TargetFlags {
  readonly target?: string;
  readonly score: ScoreKindName;
}

/**
 * The target that the flags name, by default the most likely class.
 * @throws CliError for a probability where no softmax makes the output; TargetError for an unknown class
 */
export async function chooseTarget(subject: Subject, flags: TargetFlags, backend: Backend): Promise<ChosenTarget> {
  const { opened, output, picture } = subject;
  const { model } = opened;
  if (flags.score === 'probability' && !output.isSoftmax) {
    throw new CliError(
      `output ${output.name} is not a softmax over classes, so it has no probability: add --score logit`,
      exitCodes.usage,
    );
  }
  const target: Target =
    flags.target === undefined
      ? { kind: 'index', index: (await topClass(model, picture.input, { output: output.name, backend })).index }
      : parseTarget(flags.target, output.labels, output.size);
  const score = (kind: ScoreKindName) => scoreOfModel(model, { target, score: kind, output: output.name });
  return {
    target,
    index: target.kind === 'index' ? target.index : null,
    label: describeTarget(target, output),
    score: score(flags.score),
    probability: output.isSoftmax ? score('probability') : undefined,
  };
}

/** The class's name; for several `1 × cat − 0.5 × dog`. */
function describeTarget(target: Target, output: OutputFacts): string {
  if (target.kind === 'index') return labelOf(output, target.index);
  return target.terms
    .map(({ index, weight }, i) => {
      const sign = weight < 0 ? '− ' : i > 0 ? '+ ' : '';
      const factor = Math.abs(weight) === 1 ? '' : `${Math.abs(weight)} × `;
      return `${sign}${factor}${labelOf(output, index)}`;
    })
    .join(' ');
}
