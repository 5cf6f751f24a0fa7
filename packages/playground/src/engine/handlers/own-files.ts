import { input, type Tensor } from '@igos/autograd';
import type { Model, ModelCard } from '@igos/autograd/tfjs';
import { type MaskSize, type StartMask, startMaskOf } from 'igos';
import { type CropKind, decodeNpy } from 'igos/pictures';
import type { OwnModel } from '../own-model.ts';
import { readPhoto } from '../read-photo.ts';
import { asBaseline, classLogits, encodingOf } from '../subject.ts';
import { session } from './session.ts';

/** Width and height of a picture file; an error for any other. */
export async function checkPhoto({ photo }: { readonly photo: Blob }): Promise<readonly [number, number]> {
  const read = await readPhoto(photo);
  if (!('shape' in read)) return [read.width, read.height];
  const [height = 0, width = 0] = read.shape;
  return [width, height];
}

/** Refuses what is no baseline for the network that is open. */
export async function checkBaseline({ file, crop }: { readonly file: Blob; readonly crop: CropKind }): Promise<void> {
  asBaseline(session.subject.model, await readPhoto(file), crop);
}

/** The start mask in a `.npy` file, for the picture that is open and a mask of this size. */
export async function readMask({
  file,
  maskSize,
}: {
  readonly file: Blob;
  readonly maskSize: MaskSize | undefined;
}): Promise<StartMask> {
  const [height = 0, width = 0] = session.subject.image.shape;
  const array = decodeNpy(new Uint8Array(await file.arrayBuffer()));
  return startMaskOf(array, { maskSize, imageSize: [height, width] });
}

/** An output of a model. */
export interface OutputView {
  readonly name: string;
  /** Undefined where no softmax makes it, so that it cannot be explained here. */
  readonly classes: number | undefined;
}

/** What the files of a model say of it, and what they leave open. */
export interface OwnModelView {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly outputs: readonly OutputView[];
  /** Name of the one that is explained. */
  readonly output: string;
  /** Of this output. */
  readonly classes: number;
  readonly scale: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Where the scale is from. */
  readonly source: ModelCard['source'];
  readonly hasLabels: boolean;
}

/**
 * An output that it does not have, or that is none of classes, is replaced by the first that is.
 * @throws ModelError, FailureError for a model that the page cannot explain
 */
export async function checkModel({ model: source }: { readonly model: OwnModel }): Promise<OwnModelView> {
  const { output: wanted, ...asItIs } = source;
  const whole = await session.model({ ...asItIs, card: {} });
  const images = input('images', [1, ...encodingOf(whole).inputShape]);
  const outputs = outputsOf(whole, images);
  const usable = outputs.filter(({ classes }) => classes !== undefined);
  const output = (usable.find(({ name }) => name === wanted) ?? usable[0] ?? outputs[0])?.name ?? '';
  const model = await session.model({ ...source, output });
  const logits = classLogits(model, images);
  const { inputShape, mean, std } = encodingOf(model);
  const { card, name } = model;
  return {
    ...{ name, inputShape, outputs, output, classes: logits.shape[1] ?? 0, scale: { mean, std } },
    ...{ source: card.source, hasLabels: card.labels !== undefined },
  };
}

function outputsOf(model: Model, images: Tensor): OutputView[] {
  const built = model.apply(images);
  return model.outputs.map(({ name }) => {
    const logits = model.logits(built, name);
    return { name, classes: logits?.shape.length === 2 ? logits.shape[1] : undefined };
  });
}
