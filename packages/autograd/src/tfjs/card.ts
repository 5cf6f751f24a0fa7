import type { Json } from './json.ts';
import { ModelError } from './model-error.ts';
import { checkPath } from './safe-path.ts';

/** How pixels become the model's input. */
export interface Preprocessing {
  /** Rows, columns and channels of the input. */
  readonly inputShape?: readonly number[];
  readonly channelOrder: 'rgb' | 'bgr' | 'grey';
  /** The input is (pixel − mean) / std for pixels from 0 to 255; one value, or one for each channel. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly resize: 'bicubic' | 'bilinear' | 'nearest';
  /** Side of the centre square that is used, as a fraction of the picture's shorter side. */
  readonly centerCropFraction?: number;
}

/** What a model file does not say by itself. */
export interface ModelCard {
  readonly name?: string;
  readonly task?: string;
  /** Names of the classes, in the order of the output. */
  readonly labels?: readonly string[];
  /** File beside the model with those names: a JSON list, or a line each. */
  readonly labelsFile?: string;
  /** Node or layer that gives the logits. */
  readonly logitsNode?: string;
  readonly preprocessing?: Preprocessing;
  /** Where the preprocessing is from. */
  readonly source: 'metadata' | 'igos.json' | 'flags' | 'guess';
}

/** What one source of a card says; labels that are a string are the file with them. */
export interface CardPart extends Partial<Omit<ModelCard, 'source' | 'labels' | 'labelsFile'>> {
  readonly labels?: readonly string[] | string;
}

/** Reads a field where it is present. */
type FieldReader<T> = (value: Json, strict: boolean) => T;
type FieldReaders<T> = { readonly [K in keyof T]-?: FieldReader<T[K]> };

const ignored: FieldReader<undefined> = () => undefined;

const cardFields: FieldReaders<CardPart & { version: undefined; $schema: undefined }> = {
  name: (value) => value.string(),
  task: (value) => value.string(),
  labels: (value) => {
    return value.isList ? value.list().map((label) => label.string()) : checkPath(value.string(), value.where);
  },
  logitsNode: (value) => value.string(),
  preprocessing: readPreprocessing,
  version: ignored,
  $schema: ignored,
};

/** All but what is read together: mean and std, and the pixels that they are for. */
const preprocessingFields: FieldReaders<
  Omit<Preprocessing, 'mean' | 'std'> & Record<'pixelRange' | 'mean' | 'std', undefined>
> = {
  inputShape: (value) => {
    const shape = value.integers();
    if (shape.length !== 3 || shape.some((extent) => extent < 1)) throw value.error('[rows, columns, channels]');
    return shape;
  },
  channelOrder: (value) => {
    const order = value.oneOf(['rgb', 'bgr', 'grey', 'gray']);
    return order === 'gray' ? 'grey' : order;
  },
  pixelRange: ignored,
  mean: ignored,
  std: ignored,
  resize: (value) => value.oneOf(['bicubic', 'bilinear', 'nearest']),
  centerCropFraction: (value) => {
    const fraction = value.number();
    if (fraction > 0 && fraction <= 1) return fraction;
    throw value.error('a fraction above 0, up to 1');
  },
};

/**
 * Reads `igos.json`, or `userDefinedMetadata` of a model file in the same form. A file of our own has no other keys,
 * so that a misspelt one is found; metadata may hold anything else beside them.
 */
export function readCard(json: Json, { strict }: { readonly strict: boolean }): CardPart {
  return readFields(json, cardFields, strict);
}

function readFields<T>(json: Json, readers: FieldReaders<T>, strict: boolean): Partial<T> {
  const known = Object.keys(readers) as (keyof T & string)[];
  const strange = strict && json.entries().find(([key]) => !Object.hasOwn(readers, key));
  if (strange) throw new ModelError(`${strange[1].where} is not known; known are ${known.join(', ')}`);
  const present = known.filter((key) => json.at(key).present);
  return Object.fromEntries(present.map((key) => [key, readers[key](json.at(key), strict)])) as Partial<T>;
}

/** Mean and std are brought to pixels from 0 to 255 where they are meant for another range. */
function readPreprocessing(json: Json, strict: boolean): Preprocessing {
  const range = json.at('pixelRange');
  const [low, high] = range.present ? readNumbers(range) : [0, 255];
  if (!(high > low)) throw range.error('[lowest, highest]');
  const unit = (high - low) / 255;
  const mean = readNumbers(json.at('mean')).map((value) => (value - low) / unit);
  const std = readNumbers(json.at('std')).map((value) => value / unit);
  if (std.includes(0)) throw json.at('std').error('numbers other than 0');
  return { channelOrder: 'rgb', resize: 'bilinear', ...readFields(json, preprocessingFields, strict), mean, std };
}

function readNumbers(json: Json): number[] {
  const values = json.items().map((value) => value.number());
  if (values.length === 0) throw json.error('a number, or one for each channel');
  return values;
}
