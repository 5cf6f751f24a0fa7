import { type Backend, compile, type HostArray, input, softmax } from '@igos/autograd';
import type { Model, Preprocessing } from '@igos/autograd/tfjs';
import { parseTarget, type RankedClass, rankClasses, type ScoreFunction, scoreOfModel, type Target } from 'igos';
import { cropRectangle, inputToPixels, pixelsToInput, pixelUnits, type RgbImage, resize } from 'igos/pictures';

/** A network with a picture in front of it, and what is asked about it. */
export interface Subject {
  readonly model: Model;
  /** `[h, w, c]`, exactly what the network sees. */
  readonly image: HostArray;
  readonly encoding: Preprocessing;
  readonly ranked: readonly RankedClass[];
  readonly target: Target;
  readonly score: ScoreFunction;
}

/** A network or a picture that the page cannot explain; one line for the reader. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError';
}

/**
 * Puts the photo in front of the network.
 *
 * @param target  as on the command line; empty for the most likely class
 * @throws SubjectError for a network that takes no pictures or gives no classes; TargetError for an unknown class
 */
export async function makeSubject(
  model: Model,
  photo: RgbImage,
  { target: wanted, backend }: { readonly target: string; readonly backend: Backend },
): Promise<Subject> {
  const encoding = encodingOf(model);
  const [height = 0, width = 0] = encoding.inputShape ?? [];
  const crop = cropRectangle('centre', photo, encoding.centerCropFraction);
  const seen = resize(photo, { width, height }, { filter: encoding.resize, crop });
  const image = pixelsToInput(seen, encoding);
  const ranked = rankClasses(await classify(model, image, backend));
  const labels = model.card.labels ?? [];
  const top: Target = { kind: 'index', index: ranked[0]?.index ?? 0 };
  const target = wanted === '' ? top : parseTarget(wanted, labels, ranked.length);
  return { model, image, encoding, ranked, target, score: scoreOfModel(model, { target }) };
}

/** How photos become the input of the network, which has to be said by its card. */
function encodingOf({ card, inputs, name }: Model): Preprocessing {
  const { preprocessing } = card;
  const [port] = inputs;
  const shape = preprocessing?.inputShape ?? port?.shape.slice(1);
  if (inputs.length !== 1 || !preprocessing || shape?.length !== 3 || shape.some((extent) => !extent)) {
    throw new SubjectError(`${name} does not say how a photo becomes its input: put an igos.json beside it`);
  }
  return { ...preprocessing, inputShape: shape as number[] };
}

async function classify(model: Model, { data, shape }: HostArray, backend: Backend): Promise<ArrayLike<number>> {
  const images = input('images', [1, ...shape]);
  const outputs = model.apply(images);
  const [port] = model.outputs;
  const logits = model.logits(outputs, port?.name ?? '');
  if (logits?.shape.length !== 2) throw new SubjectError(`${model.name} is no classifier: its output is no softmax`);
  const program = compile({ inputs: [images], outputs: { classes: softmax(logits) } }, backend);
  try {
    const { classes } = await program.run({ images: { data, shape: images.shape } });
    if (classes.data.every(Number.isFinite)) return classes.data;
    throw new SubjectError(
      `${model.name} gives no finite numbers for this picture: check its weights and input scaling`,
    );
  } finally {
    program.dispose();
  }
}

/** The name of a class; its number where it has none. */
export function labelOf({ model }: Subject, index: number): string {
  return model.card.labels?.[index] ?? String(index);
}

/** The target in words. */
export function targetLabel(subject: Subject): string {
  const { target } = subject;
  if (target.kind === 'index') return labelOf(subject, target.index);
  return target.terms.map(({ index, weight }) => `${weight} × ${labelOf(subject, index)}`).join(' + ');
}

/** What an array like the image looks like. */
export function picture({ encoding }: Subject, array: HostArray): RgbImage {
  return inputToPixels(array, encoding);
}

/** What baselines and noise are measured in. */
export function unitsOf({ encoding, image }: Subject) {
  return pixelUnits(encoding, image.shape[2] ?? 1);
}
