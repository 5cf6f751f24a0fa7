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
  /** The one that is explained; the first unless given. */
  readonly output?: string | undefined;
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
 * The model as the reader chose it: the output that is explained comes first, and the card says what the reader said.
 * @throws what `withOutput` and `withCard` throw
 */
export function asChosen(model: Model, { output, card }: Pick<OwnModel, 'output' | 'card'>): Model {
  return withCard(withOutput(model, output), card);
}

/**
 * The model with this output before the others; labels that are those of another output are left out, as on the command
 * line.
 * @throws FailureError for an output that it does not have
 */
function withOutput(model: Model, wanted: string | undefined): Model {
  const { outputs, card, name } = model;
  const found = wanted ? outputs.find((port) => port.name === wanted) : outputs[0];
  if (!found) {
    throw new FailureError({
      what: 'no-such-output',
      model: name,
      wanted: wanted ?? '',
      outputs: outputs.map((port) => port.name),
    });
  }
  const { labels, ...unlabelled } = card;
  const classes = found.shape.at(-1);
  const isNamed = labels && (typeof classes !== 'number' || labels.length === classes);
  return {
    ...model,
    outputs: [found, ...outputs.filter((port) => port !== found)],
    card: isNamed ? card : unlabelled,
  };
}

/**
 * The model with what the reader says of it.
 * @throws FailureError for a scale that cannot be read or has no use, and for too many or too few labels
 */
function withCard(model: Model, { scale, labels }: OwnCard): Model {
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
