import { fetchReader, filesReader } from '@igos/autograd/browser';
import { loadModel, type Model } from '@igos/autograd/tfjs';
import { type InputScale, parseInputScale } from 'igos/pictures';
import { FailureError } from './failure.ts';

/** The folder of a model by its address, or what a reader brought. */
export type ModelSource = string | OwnModel;

/** A model's files, as a reader chose or dropped them. */
export interface OwnModel {
  /** Another one for other files. */
  readonly id: number;
  /** Of the folder, untrusted. */
  readonly name: string;
  /** Paths from the folder on. */
  readonly files: readonly { readonly path: string; readonly file: Blob }[];
  readonly card: OwnCard;
}

/** What a reader says of a model whose files do not. */
export interface OwnCard {
  /** As `--input-scale` takes it. */
  readonly scale?: string;
  /** Names of the classes. */
  readonly labels?: readonly string[];
}

/** @throws ModelError */
export function readModel(source: ModelSource): Promise<Model> {
  if (typeof source === 'string') return loadModel(fetchReader(source));
  const files = source.files.map(({ path, file }) => {
    return { name: path, size: file.size, arrayBuffer: () => file.arrayBuffer() };
  });
  return loadModel(filesReader(files));
}

/**
 * The model with what the reader says of it.
 * @throws FailureError for a scale that cannot be read or has no use, and for too many or too few labels
 */
export function withCard(model: Model, { scale, labels }: OwnCard): Model {
  const { card, outputs, name } = model;
  const classes = outputs[0]?.shape.at(-1);
  if (labels && typeof classes === 'number' && labels.length !== classes) {
    throw new FailureError({ what: 'label-count', model: name, labels: labels.length, classes });
  }
  const { preprocessing } = card;
  if (scale !== undefined && !preprocessing) {
    throw new FailureError({ what: 'no-scale', model: name });
  }
  const scaled = scale !== undefined && preprocessing && { ...preprocessing, ...readScale(scale) };
  return {
    ...model,
    card: {
      ...card,
      ...(labels && { labels }),
      ...(scaled && { preprocessing: scaled, source: 'flags' as const }),
    },
  };
}

function readScale(text: string): InputScale {
  try {
    return parseInputScale(text);
  } catch {
    throw new FailureError({ what: 'bad-scale', text });
  }
}
