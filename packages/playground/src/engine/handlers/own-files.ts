import { input } from '@igos/autograd';
import type { ModelCard } from '@igos/autograd/tfjs';
import type { OwnModel } from '../own-model.ts';
import { readPhoto } from '../read-photo.ts';
import { classLogits, encodingOf } from '../subject.ts';
import { session } from './session.ts';

/** Width and height of a picture file; an error for any other. */
export async function checkPhoto({ photo }: { readonly photo: Blob }): Promise<readonly [number, number]> {
  const read = await readPhoto(photo);
  if (!('shape' in read)) return [read.width, read.height];
  const [height = 0, width = 0] = read.shape;
  return [width, height];
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

/** @throws ModelError, FailureError for a model that the page cannot explain */
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
