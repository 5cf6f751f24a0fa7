import { input } from '@igos/autograd';
import type { ModelCard } from '@igos/autograd/tfjs';
import { type MaskSize, type StartMask, startMaskOf } from 'igos';
import { type CropKind, decodeNpy } from 'igos/pictures';
import type { OwnModel } from '../own-model.ts';
import { readPhoto } from '../read-photo.ts';
import { asBaseline, classLogits, encodingOf } from '../subject.ts';
import { session } from './session.ts';

/** Width and height of a picture file; an error in words for any other. */
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

/** What the files of a model say of it, and what they leave open. */
export interface OwnModelView {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly scale: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Where the scale is from. */
  readonly source: ModelCard['source'];
  readonly hasLabels: boolean;
}

/** @throws ModelError, SubjectError for a model that the page cannot explain */
export async function checkModel({ model: source }: { readonly model: OwnModel }): Promise<OwnModelView> {
  const model = await session.model(source);
  const { inputShape, mean, std } = encodingOf(model);
  const logits = classLogits(model, input('images', [1, ...inputShape]));
  const { card, name } = model;
  return {
    ...{ name, inputShape, classes: logits.shape[1] ?? 0, scale: { mean, std } },
    ...{ source: card.source, hasLabels: card.labels !== undefined },
  };
}
