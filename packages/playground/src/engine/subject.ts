import { type Backend, compile, type HostArray, input, softmax, type Tensor } from '@igos/autograd';
import type { Model, Preprocessing } from '@igos/autograd/tfjs';
import { parseTarget, type RankedClass, rankClasses, type ScoreFunction, scoreOfModel, type Target } from 'igos';
import {
  arrayUnits,
  type CropKind,
  cropRectangle,
  type InputUnits,
  inputToPixels,
  pixelsToInput,
  pixelUnits,
  type Rectangle,
  type RgbImage,
  resize,
  stretchedEncoding,
} from 'igos/pictures';
import { FailureError } from './failure.ts';
import type { ReadPhoto } from './read-photo.ts';

/** A network with a picture in front of it, and what is asked about it. */
export interface Subject {
  readonly model: Model;
  /** `[h, w, c]`, exactly what the network sees. */
  readonly image: HostArray;
  readonly encoding: Encoding;
  /** The whole photo; for an array the picture of its values. */
  readonly photo: RgbImage;
  /** What of the photo the network sees. */
  readonly crop: Rectangle;
  /** What baselines and noise are measured in. */
  readonly units: InputUnits;
  readonly ranked: readonly RankedClass[];
  readonly target: Target;
  readonly score: ScoreFunction;
  /** The reader's baseline like the image, where it is in use. */
  readonly ownBaseline: HostArray | undefined;
}

/** How photos become the input of a network, all of it. */
export type Encoding = Preprocessing & Required<Pick<Preprocessing, 'inputShape'>>;

interface SubjectOptions {
  /** As on the command line; empty for the most likely class. */
  readonly target: string;
  readonly crop: CropKind;
  /** What the reader brought as the baseline; it is put in front of the network like the picture. */
  readonly ownBaseline?: ReadPhoto | undefined;
  readonly backend: Backend;
}

/**
 * Puts the picture in front of the network.
 *
 * @throws FailureError for a network that takes no pictures or gives no classes; TargetError for an unknown class
 */
export async function makeSubject(
  model: Model,
  read: ReadPhoto,
  { target: wanted, crop, ownBaseline: brought, backend }: SubjectOptions,
): Promise<Subject> {
  const seen = seenBy(model, read, crop);
  const ownBaseline = brought && asBaseline(model, brought, crop);
  const ranked = rankClasses(await classify(model, seen.image, backend));
  const labels = model.card.labels ?? [];
  const top: Target = { kind: 'index', index: ranked[0]?.index ?? 0 };
  const target = wanted === '' ? top : parseTarget(wanted, labels, ranked.length);
  return { model, ...seen, ranked, target, score: scoreOfModel(model, { target }), ownBaseline };
}

type Seen = Pick<Subject, 'image' | 'encoding' | 'photo' | 'crop' | 'units'>;

function seenBy(model: Model, read: ReadPhoto, crop: CropKind): Seen {
  return 'shape' in read ? asArray(model, read) : asPhoto(model, read, crop);
}

/**
 * The reader's baseline as the network sees it.
 * @throws FailureError where it is no picture for this network
 */
export function asBaseline(model: Model, read: ReadPhoto, crop: CropKind): HostArray {
  try {
    return seenBy(model, read, crop).image;
  } catch (error) {
    if (error instanceof FailureError && error.failure.what === 'array-shape') {
      throw new FailureError({ ...error.failure, what: 'baseline-shape' });
    }
    throw error;
  }
}

/** @throws FailureError where the reader's baseline is not there */
export function ownBaselineOf({ ownBaseline }: Subject): HostArray {
  if (ownBaseline) return ownBaseline;
  throw new FailureError({ what: 'nothing-open' });
}

/** The photo, cropped and scaled to what the network sees. */
function asPhoto(model: Model, photo: RgbImage, kind: CropKind): Seen {
  const encoding = encodingOf(model);
  const [height = 0, width = 0, channels = 1] = encoding.inputShape;
  const crop = cropRectangle(kind, photo, encoding.centerCropFraction);
  const image = pixelsToInput(resize(photo, { width, height }, { filter: encoding.resize, crop }), encoding);
  return { image, encoding, photo, crop, units: pixelUnits(encoding, channels) };
}

/** The array as it is. Where the scaling is only a guess it speaks for itself, as on the command line. */
function asArray(model: Model, { data, shape: given }: HostArray): Seen {
  const known = encodingOf(model);
  const { inputShape } = known;
  const shape = given.length === 2 ? [...given, 1] : given;
  if (shape.length !== 3 || shape.some((extent, axis) => extent !== inputShape[axis])) {
    throw new FailureError({ what: 'array-shape', got: given, wanted: inputShape });
  }
  const image = { data, shape };
  const isGuess = model.card.source === 'guess';
  const encoding = isGuess ? { ...known, ...stretchedEncoding(image) } : known;
  const photo = inputToPixels(image, encoding);
  const crop = { x: 0, y: 0, width: photo.width, height: photo.height };
  const units = isGuess ? arrayUnits(image) : pixelUnits(encoding, shape[2] ?? 1);
  return { image, encoding, photo, crop, units };
}

/**
 * How photos become the input of the network, which has to be said by its card.
 * @throws FailureError
 */
export function encodingOf({ card, inputs, name }: Model): Encoding {
  const { preprocessing } = card;
  const [port] = inputs;
  const shape = port?.shape.slice(1).map((extent, axis) => extent ?? preprocessing?.inputShape?.[axis] ?? 0);
  const inputShape = shape?.length ? shape : preprocessing?.inputShape;
  if (inputs.length !== 1 || !preprocessing || inputShape?.length !== 3 || inputShape.includes(0)) {
    throw new FailureError({ what: 'no-encoding', model: name });
  }
  return { ...preprocessing, inputShape };
}

/**
 * The logits `[n, classes]` of these images.
 * @throws FailureError where there are none
 */
export function classLogits(model: Model, images: Tensor): Tensor {
  const [port] = model.outputs;
  const logits = model.logits(model.apply(images), port?.name ?? '');
  if (logits?.shape.length === 2) return logits;
  throw new FailureError({ what: 'no-classifier', model: model.name });
}

async function classify(model: Model, { data, shape }: HostArray, backend: Backend): Promise<ArrayLike<number>> {
  const images = input('images', [1, ...shape]);
  const logits = classLogits(model, images);
  const program = compile({ inputs: [images], outputs: { classes: softmax(logits) } }, backend);
  try {
    const { classes } = await program.run({ images: { data, shape: images.shape } });
    if (classes.data.every(Number.isFinite)) return classes.data;
    throw new FailureError({ what: 'no-finite-answer', model: model.name });
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

/** The target as a command line takes it, whatever the labels. */
export function targetText({ target }: Subject): string {
  if (target.kind === 'index') return String(target.index);
  return target.terms.map(({ index, weight }) => `${index}:${weight}`).join(',');
}

/** What an array like the image looks like. */
export function picture({ encoding }: Subject, array: HostArray): RgbImage {
  return inputToPixels(array, encoding);
}
