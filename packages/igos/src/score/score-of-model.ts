import { add, classProbability, mul, reshape, slice, type Tensor } from '@igos/autograd';
import type { Model } from '@igos/autograd/tfjs';
import { OptionError } from '../errors.ts';
import type { ScoreFunction } from './score-function.ts';
import { checkTarget, type Target, termsOf } from './target.ts';

export type ScoreKind = 'probability' | 'logit';

export interface ScoreOptions {
  readonly target: Target;
  /** Softmax probability (default), or the logit before it; a network without a softmax only has its raw output, `logit`. */
  readonly score?: ScoreKind;
  /** Name of the output; default: the first. */
  readonly output?: string | undefined;
}

/** The parts of a model that a score needs. */
export type ScoredModel = Pick<Model, 'name' | 'outputs' | 'apply' | 'logits'>;

/**
 * The target of a model as a score function. Probabilities are taken from the logits, so that a saturated class keeps its
 * gradient. Outputs with more than two axes are numbered through in row-major order.
 *
 * When the function is applied it throws TargetError for a target that the output does not have, and OptionError for a
 * probability where no softmax makes the output.
 *
 * @throws OptionError for an unknown output
 */
export function scoreOfModel(
  model: ScoredModel,
  { target, score = 'probability', output }: ScoreOptions,
): ScoreFunction {
  const name = outputName(model, output);
  return (images) => {
    const outputs = model.apply(images);
    const logits = model.logits(outputs, name);
    const all = logits ?? outputs[name]!;
    const values = reshape(all, [all.shape[0]!, -1]);
    checkTarget(target, values.shape[1]!);
    if (score === 'logit') return weightedSum(target, (index) => column(values, index));
    if (logits?.shape.length !== 2) {
      throw new OptionError(
        `output '${name}' of ${model.name} is not a softmax over classes: explain its logit instead`,
      );
    }
    return weightedSum(target, (index) => classProbability(logits, index));
  };
}

/** The output of this name, or the first one. */
export function outputName({ name, outputs }: Pick<Model, 'name' | 'outputs'>, wanted?: string): string {
  const names = outputs.map((port) => port.name);
  const found = wanted === undefined ? names[0] : names.find((each) => each === wanted);
  if (found !== undefined) return found;
  throw new OptionError(`${name} has no output '${wanted}'; it has ${names.join(', ')}`);
}

function column(values: Tensor, index: number): Tensor {
  const n = values.shape[0]!;
  return reshape(slice(values, { begin: [0, index], size: [n, 1] }), [n]);
}

function weightedSum(target: Target, score: (index: number) => Tensor): Tensor {
  return termsOf(target)
    .map(({ index, weight }) => (weight === 1 ? score(index) : mul(score(index), weight)))
    .reduce((sum, term) => add(sum, term));
}
