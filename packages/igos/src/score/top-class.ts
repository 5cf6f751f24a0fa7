import { type ArrayInput, type Backend, compile, input, softmax, toHostArray } from '@igos/autograd';
import { checkBackend } from '../checks.ts';
import { NotFiniteError, OptionError } from '../errors.ts';
import { outputName, type ScoredModel } from './score-of-model.ts';

export interface TopClassOptions {
  /** Where the model runs. */
  readonly backend: Backend;
  /** Name of the output; default: the first. */
  readonly output?: string;
}

export interface RankedClass {
  readonly index: number;
  /** Softmax probability where the output has logits, else the output itself. */
  readonly probability: number;
}

/** Indices of the largest values, largest first; the smaller index among equals. */
export function rankClasses(values: ArrayLike<number>): RankedClass[] {
  return Array.from(values, (probability, index) => ({ index, probability })).sort(
    (a, b) => b.probability - a.probability || a.index - b.index,
  );
}

/**
 * The class a model finds most likely.
 *
 * @param image  `[h, w, c]`, what the network sees
 * @throws OptionError for a missing backend, an unknown output or one without classes
 * @throws NotFiniteError when the model gives NaN
 */
export async function topClass(model: ScoredModel, image: ArrayInput, options: TopClassOptions): Promise<RankedClass> {
  checkBackend(options?.backend);
  const { backend, output } = options;
  const name = outputName(model, output);
  const { data, shape } = toHostArray(image);
  const images = input('images', [1, ...shape]);
  const outputs = model.apply(images);
  const logits = model.logits(outputs, name);
  const classes = logits ? softmax(logits) : outputs[name]!;
  if (classes.shape.length !== 2) {
    throw new OptionError(`output '${name}' of ${model.name} has shape [${classes.shape.join(', ')}], not classes`);
  }
  const program = compile({ inputs: [images], outputs: { classes } }, backend);
  try {
    const result = await program.run({ images: { data, shape: images.shape } });
    const [top] = rankClasses(result.classes!.data);
    if (!top || !Number.isFinite(top.probability)) throw new NotFiniteError({ quantity: 'output of the model' });
    return top;
  } finally {
    program.dispose();
  }
}
